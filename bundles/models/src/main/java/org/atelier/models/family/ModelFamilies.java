package org.atelier.models.family;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.atelier.models.json.Settings;

/** The supported model families; register new ones here. */
public final class ModelFamilies {

    private static final List<ModelFamily> KNOWN =
            List.of(new StableDiffusion1(), new StableDiffusion2(), new StableDiffusionXl());

    private ModelFamilies() {}

    /** Every supported family. */
    public static List<ModelFamily> all() {
        return KNOWN;
    }

    /**
     * The family of a short name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ModelFamily named(String name) {
        return KNOWN.stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no model family " + name));
    }

    /**
     * The families of a pipeline class; several have the same.
     *
     * @param pipelineClass the {@code _class_name} of a {@code model_index.json}
     */
    public static List<ModelFamily> withPipeline(String pipelineClass) {
        return KNOWN.stream()
                .filter(family -> family.pipelineClasses().contains(pipelineClass))
                .toList();
    }

    /**
     * The family of a denoising network.
     *
     * @param unet the {@code config.json} of a UNet or of a ControlNet
     */
    public static Optional<ModelFamily> of(Settings unet) {
        return KNOWN.stream().filter(family -> family.recognises(unet)).findFirst();
    }

    /** The names of all families, for errors. */
    public static String titles() {
        return KNOWN.stream().map(ModelFamily::title).collect(Collectors.joining(", "));
    }
}
