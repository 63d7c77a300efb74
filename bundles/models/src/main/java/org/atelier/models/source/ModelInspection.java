package org.atelier.models.source;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.ModelComponent.Kind;
import org.atelier.models.family.ModelFamilies;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.Settings;
import org.atelier.models.tokenizer.Vocabulary;

/** Inspects a model folder and collects all faults, to report them in one error. */
final class ModelInspection {

    private final Path folder;
    private final Settings index;
    private final ModelFamily family;
    private final Map<String, Settings> settings = new HashMap<>();
    private final Map<String, Path> vocabularies = new HashMap<>();
    private final Map<String, ComponentWeights> weights = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    /** @throws AtelierException MODEL_INVALID if {@code model_index.json} is missing or has an unsupported family */
    ModelInspection(Path folder) {
        this.folder = folder;
        Path file = folder.resolve("model_index.json");
        if (!Files.isRegularFile(file)) {
            throw ModelFaults.in(folder, "not a model folder in diffusers' layout: model_index.json is missing.");
        }
        this.index = Settings.read(file);
        this.family = familyOf(index);
    }

    /**
     * The family of the pipeline that recognises the UNet; the first of the pipeline's if the UNet cannot be read, which
     * is then reported with the other faults.
     */
    private ModelFamily familyOf(Settings modelIndex) {
        String pipeline = modelIndex.text("_class_name", "");
        List<ModelFamily> families = ModelFamilies.withPipeline(pipeline);
        if (families.isEmpty()) {
            throw ModelFaults.in(
                    modelIndex.file(),
                    "the model is a \"" + pipeline + "\"; only models of " + ModelFamilies.titles()
                            + " can be generated with.");
        }
        for (ModelFamily each : families) {
            each.unsupportedReason(modelIndex).ifPresent(reason -> {
                throw ModelFaults.in(modelIndex.file(), reason);
            });
        }
        Path unet = folder.resolve(ModelComponent.UNET).resolve(Kind.UNET.settingsFile());
        if (!Files.isRegularFile(unet)) {
            return families.get(0);
        }
        Settings settingsOfUnet = readOrEmpty(unet);
        return families.stream()
                .filter(each -> each.recognises(settingsOfUnet))
                .findFirst()
                .orElse(families.get(0));
    }

    private static Settings readOrEmpty(Path file) {
        try {
            return Settings.read(file);
        } catch (AtelierException e) {
            return new Settings(file, new JsonObject());
        }
    }

    /** @throws AtelierException MODEL_INVALID with one line per fault */
    void requireComplete() {
        require("The model in " + folder + " cannot be used:", component -> true, Optional.empty());
    }

    /**
     * As {@link #requireComplete}, for a folder whose configurations are used.
     *
     * @param hasWeights whether the folder must provide the weights of a component
     * @param vocabulary the folder of the vocabulary; empty if each tokenizer has its own
     */
    void requireConfigured(Predicate<ModelComponent> hasWeights, Optional<Path> vocabulary) {
        require("The configuration in " + folder + " cannot be used:", hasWeights, vocabulary);
    }

    private void require(String headline, Predicate<ModelComponent> hasWeights, Optional<Path> vocabulary) {
        for (ModelComponent component : family.components()) {
            attempt(() -> requireKnownClass(component))
                    .ifPresent(known -> inspect(component, hasWeights.test(component), vocabulary));
        }
        if (!faults.isEmpty()) {
            throw ModelFaults.listing(headline, faults);
        }
    }

    private void inspect(ModelComponent component, boolean hasWeights, Optional<Path> vocabulary) {
        Path inside = folder.resolve(component.name());
        Kind kind = component.kind();
        if (!Files.isDirectory(inside)) {
            faults.add(inside + ": the folder is missing.");
            return;
        }
        attempt(() -> Settings.read(inside.resolve(kind.settingsFile())))
                .ifPresent(read -> settings.put(component.name(), read));
        kind.weightsStem()
                .filter(stem -> hasWeights)
                .flatMap(stem -> attempt(() -> WeightFiles.in(inside, stem, kind.naming())))
                .ifPresent(found -> weights.put(component.name(), found));
        if (kind == Kind.CLIP_TOKENIZER) {
            Path words = vocabulary.orElse(inside);
            attempt(() -> Vocabulary.fileIn(words));
            vocabularies.put(component.name(), words);
        }
    }

    private String requireKnownClass(ModelComponent component) {
        if (!index.has(component.name())) {
            throw ModelFaults.in(index.file(), "the component " + component.name() + " is missing.");
        }
        List<String> libraryAndClass = index.texts(component.name());
        String found = libraryAndClass.size() == 2 ? libraryAndClass.get(1) : libraryAndClass.toString();
        if (!component.classes().isEmpty() && !component.classes().contains(found)) {
            throw ModelFaults.in(
                    index.file(),
                    component.name() + " is a \"" + found + "\"; only " + String.join(" or ", component.classes())
                            + " is known here.");
        }
        return found;
    }

    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (AtelierException e) {
            faults.add(e.getMessage().replace("\n", "\n  "));
            return Optional.empty();
        }
    }

    Settings index() {
        return index;
    }

    ModelFamily family() {
        return family;
    }

    /** The configurations of every component. */
    ModelConfigurations configurations() {
        return new ModelConfigurations(index, family, settings, vocabularies);
    }

    /** By the component's name; of those that have weights. */
    Map<String, ComponentWeights> weights() {
        return Map.copyOf(weights);
    }
}
