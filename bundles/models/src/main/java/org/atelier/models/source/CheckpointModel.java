package org.atelier.models.source;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.checkpoint.CheckpointFile;
import org.atelier.models.checkpoint.CheckpointPart;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.ModelComponent.Kind;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.Settings;

/**
 * Opens models in one safetensors file. Configurations, tokenizers, and the networks that the file lacks come from a
 * folder in diffusers' layout; what the file says about itself overrides them.
 */
public final class CheckpointModel {

    private static final String PROJECTION = "WithProjection";
    private static final String IN_CHANNELS = "in_channels";
    private static final String GUIDANCE_CHANNELS = "time_cond_proj_dim";
    private static final String PREDICTION = "prediction_type";

    private final CheckpointFile checkpoint;
    private final Path path;

    private CheckpointModel(CheckpointFile checkpoint) {
        this.checkpoint = checkpoint;
        this.path = checkpoint.file().path();
    }

    /**
     * Opens a model with the configuration that its family published.
     *
     * @param name the name of the model
     * @param folder the configuration, without weights and vocabularies
     * @param vocabulary finds the folder of the vocabulary
     * @param lacksVae whether the VAE comes from elsewhere, if the file has none
     * @throws AtelierException MODEL_INVALID if a part of the model is missing
     */
    public static ModelSource withPublished(
            CheckpointFile checkpoint, String name, Path folder, Supplier<Path> vocabulary, boolean lacksVae) {
        CheckpointModel model = new CheckpointModel(checkpoint);
        ModelInspection inspection = new ModelInspection(folder);
        model.requireParts(inspection.family(), lacksVae);
        inspection.requireConfigured(component -> false, Optional.of(vocabulary.get()));
        return model.assembled(name, inspection, true);
    }

    /**
     * Opens a model with the configuration and tokenizers of another, which also provides the networks that the file
     * lacks.
     *
     * @param folder the other model, or a folder with its configuration and tokenizers
     * @throws AtelierException MODEL_INVALID if the configuration is of another family, or a part of the model is missing
     */
    public static ModelSource configuredAs(CheckpointFile checkpoint, String name, Path folder) {
        CheckpointModel model = new CheckpointModel(checkpoint);
        Path configuration = ModelFolder.existing(folder);
        ModelInspection inspection = new ModelInspection(configuration);
        model.requireFamily(inspection.family(), configuration);
        inspection.requireConfigured(component -> !checkpoint.parts().containsKey(component.name()), Optional.empty());
        return model.assembled(name, inspection, false);
    }

    private void requireFamily(ModelFamily family, Path configuration) {
        if (!family.name().equals(checkpoint.architecture().family())) {
            throw ModelFaults.in(
                    path,
                    "is a model of " + checkpoint.architecture().title() + ", but the configuration in " + configuration
                            + " is of " + family.title() + "; give another --model-config.");
        }
    }

    /** Checks that every network is in the file. */
    private void requireParts(ModelFamily family, boolean lacksVae) {
        List<String> missing = family.components().stream()
                .filter(component -> component.kind().weightsStem().isPresent())
                .filter(component -> component.kind() != Kind.AUTOENCODER || !lacksVae)
                .map(ModelComponent::name)
                .filter(component -> !checkpoint.parts().containsKey(component))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        String title = checkpoint.architecture().title();
        if (missing.equals(List.of(ModelComponent.VAE))) {
            throw ModelFaults.in(path, "this model of " + title + " has no VAE; give one with --vae.");
        }
        boolean unetOnly = checkpoint.parts().size() == 1;
        throw ModelFaults.in(
                path,
                (unetOnly
                                ? "this is a UNet of " + title + " without the other parts of a model"
                                : "this model of " + title + " lacks parts: " + String.join(", ", missing))
                        + "; name a complete model with --model-config, whose parts are used.");
    }

    private ModelSource assembled(String name, ModelInspection inspection, boolean published) {
        ModelConfigurations configurations = adapted(inspection.configurations(), published);
        Map<String, ComponentWeights> weights = new HashMap<>(inspection.weights());
        checkpoint.parts().forEach((component, part) -> known(inspection.family(), component)
                .ifPresent(found -> weights.put(component, weights(part, found, configurations))));
        return new AssembledModel(path, name, configurations, weights, files(inspection), ModelCard.NONE);
    }

    private static Optional<ModelComponent> known(ModelFamily family, String component) {
        return family.components().stream()
                .filter(each -> each.name().equals(component))
                .findFirst();
    }

    private CheckpointWeights weights(
            CheckpointPart part, ModelComponent component, ModelConfigurations configurations) {
        boolean projects = component.classes().stream().anyMatch(name -> name.endsWith(PROJECTION));
        return CheckpointWeights.of(checkpoint.file(), part, configurations.of(component.name()), projects);
    }

    private List<Path> files(ModelInspection inspection) {
        List<Path> files = new ArrayList<>(List.of(path, inspection.index().file()));
        inspection.family().components().forEach(component -> {
            boolean own = checkpoint.parts().containsKey(component.name());
            Path settings = inspection.configurations().of(component.name()).file();
            files.addAll(own ? List.of(settings) : ModelFolder.filesIn(settings.getParent()));
        });
        return files;
    }

    /** The configurations with what the file says about its UNet. */
    private ModelConfigurations adapted(ModelConfigurations stated, boolean published) {
        Settings unet = stated.of(ModelComponent.UNET);
        Map<String, JsonPrimitive> sizes = new HashMap<>();
        if (unet.integer(IN_CHANNELS, 4) != checkpoint.inputChannels()) {
            sizes.put(IN_CHANNELS, new JsonPrimitive(checkpoint.inputChannels()));
        }
        if (checkpoint.guidanceChannels() > 0 && !unet.has(GUIDANCE_CHANNELS)) {
            sizes.put(GUIDANCE_CHANNELS, new JsonPrimitive(checkpoint.guidanceChannels()));
        }
        ModelConfigurations adapted = sizes.isEmpty() ? stated : stated.with(ModelComponent.UNET, changed(unet, sizes));
        Settings scheduler = stated.of(ModelComponent.SCHEDULER);
        Map<String, JsonPrimitive> changes = new HashMap<>();
        checkpoint
                .prediction(published)
                .filter(found -> !found.equals(scheduler.text(PREDICTION, "epsilon")))
                .ifPresent(found -> changes.put(PREDICTION, new JsonPrimitive(found)));
        if (checkpoint.zeroTerminalSnr()) {
            changes.put("rescale_betas_zero_snr", new JsonPrimitive(true));
            changes.put("timestep_spacing", new JsonPrimitive("trailing"));
        }
        return changes.isEmpty() ? adapted : adapted.with(ModelComponent.SCHEDULER, changed(scheduler, changes));
    }

    private static Settings changed(Settings settings, Map<String, JsonPrimitive> changes) {
        JsonObject copy = new JsonObject();
        settings.keys().forEach(key -> copy.add(key, settings.json(key)));
        changes.forEach(copy::add);
        return new Settings(settings.file(), copy);
    }
}
