package org.atelier.models.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.models.json.Settings;

/** A model family: the properties of its architecture and training that no component configuration contains. */
public interface ModelFamily {

    /** The short name, such as {@code sdxl}. */
    String name();

    /** The name for readers, such as {@code Stable Diffusion XL}. */
    String title();

    /** The {@code _class_name}s of its models in {@code model_index.json}: one architecture has several pipelines. */
    List<String> pipelineClasses();

    /**
     * Whether a denoising network is of this family. A ControlNet has the same keys as the UNet that it copies.
     *
     * @param unet the {@code config.json} of a UNet or of a ControlNet
     */
    boolean recognises(Settings unet);

    /**
     * Why a model with one of its pipeline classes cannot be used, as a sentence that ends with the remedy.
     *
     * @param index the model's {@code model_index.json}
     */
    default Optional<String> unsupportedReason(Settings index) {
        return Optional.empty();
    }

    /** The components of a model, in the order in which the model identity hashes them. */
    List<ModelComponent> components();

    /**
     * Defines how prompts become text embeddings.
     *
     * @param index the model's {@code model_index.json}
     */
    TextConditioning textConditioning(Settings index);

    /**
     * The time ids that the network receives together with the pooled text embeddings; empty for a network without
     * additional conditioning.
     */
    List<TimeId> timeIds();

    /** The settings that the pipelines of diffusers force on any {@code scheduler_config.json} of the family. */
    default Map<String, Object> forcedSchedulerSettings() {
        return Map.of();
    }

    /** Defaults of a request. */
    FamilyDefaults defaults();
}
