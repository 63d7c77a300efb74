package org.atelier.api.set;

import org.osgi.annotation.versioning.ConsumerType;

/** Follows a set while it is drawn and may end it; called between passes of the network, on the drawing thread. */
@ConsumerType
public interface SetListener {

    /** The set begins with this request, nothing left open. */
    default void started(SetRequest resolved) {}

    /** Something the user should know, in one sentence: words that the model does not know, a prompt that was cut. */
    default void noted(String sentence) {}

    /** Work has gone on. */
    default void progressed(Progress progress) {}

    /** After each step, for each picture: what it is going to be, as far as can be told. */
    default void previewed(Preview preview) {}

    /** A picture is written. */
    default void finished(DrawnPicture picture) {}

    /** Asked before every pass of the network and before every picture; {@code true} ends the set. */
    default boolean cancelled() {
        return false;
    }
}
