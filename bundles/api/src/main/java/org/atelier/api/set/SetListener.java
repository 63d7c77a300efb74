package org.atelier.api.set;

import org.osgi.annotation.versioning.ConsumerType;

/** Follows a set while it is generated and may end it; called between passes of the network, on the generation thread. */
@ConsumerType
public interface SetListener {

    /** The set begins with this request, nothing left open. */
    default void started(SetRequest resolved) {}

    /** Something the user should know, in one sentence: words that the model does not know, a prompt that was cut. */
    default void noted(String sentence) {}

    /** Work has gone on. */
    default void progressed(Progress progress) {}

    /** After each step, for each image: what it is going to be, as far as can be told. */
    default void previewed(Preview preview) {}

    /** An image is written. */
    default void finished(GeneratedImage image) {}

    /** Asked before every pass of the network and before every image; {@code true} ends the set. */
    default boolean cancelled() {
        return false;
    }
}
