package org.atelier.studio.resolve;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.diffusion.pipeline.ModelConfiguration;

/** What can be generated with a model, as far as its configuration tells: no weights are loaded. */
public interface ModelInspector {

    /**
     * The limits of a model.
     *
     * @param pixelFactor width and height are multiples of it
     * @param trainSteps the steps that the model was trained with, more than any set may take
     */
    record Limits(int pixelFactor, int trainSteps) {}

    /** The names of the floating-point formats that networks compute in. */
    List<String> dtypes();

    /** @throws AtelierException if the configuration is of an unknown architecture */
    Limits limits(ModelConfiguration model);

    /**
     * The end of a prompt that a model does not read, because the prompt has more tokens than that.
     *
     * @return empty where it reads all
     */
    String truncated(ModelConfiguration model, String prompt);

    /**
     * The attention layers of a model for images of a size, in registration order.
     *
     * @param width pixels
     * @param height pixels
     */
    List<AttentionLayer> attentionLayers(ModelConfiguration model, int width, int height);
}
