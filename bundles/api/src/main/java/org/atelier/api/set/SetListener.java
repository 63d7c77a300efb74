package org.atelier.api.set;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives the progress of a set and may cancel it; called between passes of the network, on the generation thread. */
@ConsumerType
public interface SetListener {

    /** The set starts with this resolved request. */
    default void started(SetRequest resolved) {}

    /** Information for the user in one sentence: words that the model does not know, a truncated prompt. */
    default void noted(String sentence) {}

    /** The progress has changed. */
    default void progressed(Progress progress) {}

    /** The prediction of an image; called after each step for each image. */
    default void previewed(Preview preview) {}

    /**
     * The latents of a reference at a step of its inversion, without prediction: the picture turns to noise. Called after
     * each step for each reference; {@link Preview#image} is the number of the reference, from 0.
     */
    default void inverted(Preview preview) {}

    /** An image has been written. */
    default void finished(GeneratedImage image) {}

    /** Checked before every pass of the network and before every image; {@code true} cancels the set. */
    default boolean cancelled() {
        return false;
    }
}
