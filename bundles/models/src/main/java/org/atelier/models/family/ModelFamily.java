package org.atelier.models.family;

import java.util.List;
import org.atelier.models.json.Settings;

/**
 * A kind of model: everything that its architecture and its training decide and that no configuration of a component says. It only describes;
 * sources of models find files by it, and networks, prompts and requests are read by it.
 */
public interface ModelFamily {

    /** The {@code _class_name} of its models in {@code model_index.json}. */
    String pipelineClass();

    /** What a model is made of, in the order in which its identity counts them. */
    List<ModelComponent> components();

    /**
     * How a prompt becomes text embeddings.
     *
     * @param index the model's {@code model_index.json}
     */
    TextConditioning textConditioning(Settings index);

    /**
     * The numbers about an image that the network is given, together with the pooled text embeddings; empty for a network that is given text
     * embeddings and timestep only.
     */
    List<TimeId> timeIds();

    /** What a request that leaves it open gets. */
    FamilyDefaults defaults();
}
