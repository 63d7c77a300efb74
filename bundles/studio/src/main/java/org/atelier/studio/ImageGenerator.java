package org.atelier.studio;

import org.atelier.api.AtelierException;
import org.atelier.api.set.SetListener;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.studio.resolve.OpenedSet;

/** Generates the images of a set: with the networks of a model, or in a test without. */
interface ImageGenerator {

    /**
     * Generates the images of a set.
     *
     * @param set its contexts read and its controls prepared
     * @param checkpoint holds the state from which an interrupted set is resumed
     * @param listener asked before every pass of the network whether to stop
     * @param sink takes each image
     * @throws AtelierException with {@link AtelierException.Code#CANCELLED} when the listener said so
     */
    void generate(OpenedSet set, Checkpoint checkpoint, SetListener listener, ImageSink sink);
}
