package org.atelier.studio;

import org.atelier.api.AtelierException;
import org.atelier.api.set.SetListener;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.studio.resolve.OpenedSet;

/** Generates the images of a set: with the networks of a model, or without them in a test. */
interface ImageGenerator {

    /**
     * Generates images of a set.
     *
     * @param set a set whose contexts are read and whose controls are prepared
     * @param images which images are generated, and which of them the sink receives
     * @param checkpoint holds the state from which an interrupted set is resumed
     * @param listener can cancel before every pass of the network
     * @param sink receives each image
     * @throws AtelierException with {@link AtelierException.Code#CANCELLED} if the listener cancels
     */
    void generate(OpenedSet set, RunImages images, Checkpoint checkpoint, SetListener listener, ImageSink sink);

    /**
     * The number of threads of the network on the processor, on which the last bits of an image depend. Starts the engine if
     * necessary.
     */
    int threads();

    /**
     * Inverts the references of a set.
     *
     * @param set a set with references and all texts
     * @param listener can cancel before every pass of the network
     * @throws AtelierException with {@link AtelierException.Code#CANCELLED} if the listener cancels
     */
    ReferenceTrajectories invert(OpenedSet set, SetListener listener);

    /** Lets the networks of a set stay loaded for the next one. */
    void keepNetworks();

    /** Frees the networks that stayed loaded, and lets none stay from now on. */
    void releaseNetworks();
}
