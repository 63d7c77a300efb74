package org.atelier.models.family;

import java.util.List;
import org.atelier.models.json.Settings;

/** A model family: the properties of its architecture and training that no component configuration contains. */
public interface ModelFamily {

    /** The {@code _class_name} of its models in {@code model_index.json}. */
    String pipelineClass();

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

    /** Defaults of a request. */
    FamilyDefaults defaults();
}
