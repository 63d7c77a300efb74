package org.atelier.models.lora;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.ModelComponent.Kind;
import org.atelier.models.source.ModelSource;

/** The layers of a model that LoRAs change. Every key of a LoRA must name a layer, and fit its shape. */
final class LoraFit {

    private static final String CROSS_ATTENTION = "attn2.to_k.weight";

    private final ModelSource model;
    private final Map<AdaptedNetwork, String> components = new EnumMap<>(AdaptedNetwork.class);
    private final Map<AdaptedNetwork, ModuleNames> names = new EnumMap<>(AdaptedNetwork.class);
    private final Optional<Long> columns;
    private final Map<String, Map<String, List<WeightDelta>>> deltas = new HashMap<>();

    private LoraFit(ModelSource model) {
        this.model = model;
        List<String> textEncoders = model.family().components().stream()
                .filter(component -> component.kind() == Kind.CLIP_TEXT_MODEL)
                .map(ModelComponent::name)
                .toList();
        Map<String, List<Long>> unet = model.shapes(ModelComponent.UNET);
        this.columns = unet.entrySet().stream()
                .filter(tensor -> tensor.getKey().endsWith(CROSS_ATTENTION))
                .map(tensor -> tensor.getValue().get(1))
                .findFirst();
        components.put(AdaptedNetwork.UNET, ModelComponent.UNET);
        names.put(AdaptedNetwork.UNET, ModuleNames.ofUNet(unet));
        List<AdaptedNetwork> texts = List.of(AdaptedNetwork.TEXT_ENCODER, AdaptedNetwork.TEXT_ENCODER_2);
        for (int i = 0; i < Math.min(textEncoders.size(), texts.size()); i++) {
            components.put(texts.get(i), textEncoders.get(i));
            names.put(texts.get(i), ModuleNames.ofTextEncoder(model.shapes(textEncoders.get(i))));
        }
    }

    /**
     * Finds the layers of every LoRA.
     *
     * @return what is added to each tensor, by component and name
     * @throws AtelierException MODEL_INVALID with one line for each LoRA that does not fit the model
     */
    static Map<String, Map<String, List<WeightDelta>>> of(ModelSource model, List<AppliedLora> loras) {
        LoraFit fit = new LoraFit(model);
        List<String> faults = new ArrayList<>();
        for (AppliedLora lora : loras) {
            try {
                fit.add(lora);
            } catch (AtelierException e) {
                faults.add(e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw ModelFaults.listing("LoRAs do not fit the model " + model.name() + ":", faults);
        }
        return fit.deltas;
    }

    private void add(AppliedLora lora) {
        LoraFile file = lora.file();
        requireFamily(file);
        List<String> unknown = new ArrayList<>();
        List<String> misfits = new ArrayList<>();
        Map<Boolean, String> spellings = new LinkedHashMap<>();
        for (LoraAdapter adapter : file.adapters()) {
            Optional<ModuleNames.Module> found = Optional.ofNullable(names.get(adapter.network()))
                    .flatMap(modules -> modules.find(adapter.module()));
            if (found.isEmpty()) {
                unknown.add(shown(adapter));
                continue;
            }
            ModuleNames.Module module = found.get();
            if (adapter.network() == AdaptedNetwork.UNET) {
                spellings.putIfAbsent(module.original(), Shortened.name(adapter.module()));
            }
            if (!adapter.fits(module.shape())) {
                misfits.add("%s has %s, but the weight of the model is %s"
                        .formatted(shown(adapter), adapter.shapes(), module.shape()));
            }
            if (lora.strength(adapter.network()) != 0) {
                deltas.computeIfAbsent(components.get(adapter.network()), component -> new HashMap<>())
                        .computeIfAbsent(module.tensor(), tensor -> new ArrayList<>())
                        .add(new WeightDelta(file.tensors(), adapter, lora.strength(adapter.network())));
            }
        }
        require(file.path(), unknown, misfits, spellings);
    }

    private void require(Path path, List<String> unknown, List<String> misfits, Map<Boolean, String> spellings) {
        if (!unknown.isEmpty()) {
            throw ModelFaults.in(
                    path,
                    "%d of its layers are not in the model %s: %s; choose a model that the LoRA was trained for."
                            .formatted(unknown.size(), model.name(), Shortened.list(unknown, ", ")));
        }
        if (spellings.size() > 1) {
            throw ModelFaults.in(
                    path,
                    "mixes the layer names of diffusers (%s) with those of the original code (%s); a LoRA has one spelling."
                            .formatted(spellings.get(false), spellings.get(true)));
        }
        if (!misfits.isEmpty()) {
            throw ModelFaults.in(
                    path,
                    "%d of its layers have another shape than those of the model %s: %s."
                            .formatted(misfits.size(), model.name(), Shortened.list(misfits, "; ")));
        }
    }

    private void requireFamily(LoraFile file) {
        Optional<Long> own = LoraFamily.columns(file.adapters());
        if (own.isPresent() && columns.isPresent() && !own.equals(columns)) {
            throw otherFamily(
                    file,
                    LoraFamily.ofColumns(own.get())
                            .map(family -> "for " + family.title())
                            .orElse("for another family"),
                    "its text conditioning has %d channels, that of the model %s %d"
                            .formatted(own.get(), model.name(), columns.get()));
        }
        LoraFamily.ofMetadata(file.tensors().metadata())
                .filter(family -> !family.id().equals(model.family().name()))
                .ifPresent(family -> {
                    throw otherFamily(
                            file,
                            "for " + family.title(),
                            "the model %s is a %s"
                                    .formatted(model.name(), model.family().title()));
                });
    }

    private static AtelierException otherFamily(LoraFile file, String family, String why) {
        return ModelFaults.in(
                file.path(), "is a LoRA %s: %s; choose a LoRA of the model's family.".formatted(family, why));
    }

    private static String shown(LoraAdapter adapter) {
        String prefix = adapter.network() == AdaptedNetwork.UNET
                ? ""
                : adapter.network().diffusersName() + " ";
        return prefix + Shortened.name(adapter.module());
    }
}
