package org.atelier.models.family;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The supported model families; register new ones here. */
public final class ModelFamilies {

    private static final List<ModelFamily> KNOWN = List.of(new StableDiffusionXl());

    private ModelFamilies() {}

    /**
     * The family of a model.
     *
     * @param pipelineClass the {@code _class_name} of its {@code model_index.json}
     */
    public static Optional<ModelFamily> of(String pipelineClass) {
        return KNOWN.stream()
                .filter(family -> family.pipelineClass().equals(pipelineClass))
                .findFirst();
    }

    /** Every supported family. */
    public static List<ModelFamily> all() {
        return KNOWN;
    }

    /** The pipeline classes of all families, for errors. */
    public static String known() {
        return KNOWN.stream().map(ModelFamily::pipelineClass).collect(Collectors.joining(", "));
    }
}
