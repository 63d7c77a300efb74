package org.atelier.studio;

import org.atelier.api.AtelierException;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.set.SetListener;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.studio.resolve.ResolvedSet;
import org.atelier.studio.resolve.SetStrategies;

/** Generates the images of a set: with the networks of a model, or in a test without. */
interface ImageGenerator {

    /**
     * Draws the pictures of a set.
     *
     * @param settled nothing left open
     * @param sampler how noise becomes an image
     * @param blend makes one of several references; {@code null} where there are not several
     * @param checkpoint at what it kept last the drawing goes on
     * @param listener told of progress; asked before every pass whether to stop
     * @param gallery takes each picture
     * @throws AtelierException with {@link AtelierException.Code#CANCELLED} when the listener said so
     */
    void draw(
            ResolvedSet settled,
            SetStrategies strategies,
            Sampler sampler,
            StyleBlend blend,
            Checkpoint checkpoint,
            SetListener listener,
            ImageSink gallery);
}
