package org.atelier.studio;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.set.SetListener;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.models.source.ModelFolder;
import org.atelier.studio.resolve.ResolvedSet;
import org.atelier.studio.resolve.SetStrategies;

/** What draws: the networks, or in a test something quick. */
public interface ImageGenerator {

    /**
     * What can be drawn with a model.
     *
     * @param pixelFactor width and height are multiples of it
     * @param trainSteps the steps that the model was trained with, more than any set may take
     */
    record Abilities(int pixelFactor, int trainSteps) {}

    /** The names of the samplers. */
    List<String> samplers();

    /** The names of the formats to compute in. */
    List<String> dtypes();

    /**
     * What can be drawn with a model, told without its weights.
     *
     * @throws AtelierException if its configuration is none that can be drawn with
     */
    Abilities abilities(ModelFolder model);

    /**
     * What of a prompt a model does not read, because it is longer than that.
     *
     * @return its end, or empty text
     */
    String unread(ModelFolder model, String prompt);

    /**
     * The attentions of a model for pictures of a size, in registration order, told without its weights.
     *
     * @param width pixels
     * @param height pixels
     */
    List<AttentionLayer> attentionLayers(ModelFolder model, int width, int height);

    /**
     * Draws the pictures of a set.
     *
     * @param settled nothing left open
     * @param blend makes one of several references; {@code null} where there are not several
     * @param checkpoint at what it kept last the drawing goes on
     * @param listener told of progress; asked before every pass whether to stop
     * @param gallery takes each picture
     * @throws AtelierException with {@link AtelierException.Code#CANCELLED} when the listener said so
     */
    void draw(
            ResolvedSet settled,
            SetStrategies strategies,
            StyleBlend blend,
            Checkpoint checkpoint,
            SetListener listener,
            ImageSink gallery);
}
