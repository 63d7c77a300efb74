package org.atelier.api.explain;

import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives the progress of an explanation and of each of its sets; {@link #noted} receives each sentence once. */
@ConsumerType
public interface ExplanationListener extends SetListener {

    /** The request is resolved and checked; the first set is about to be generated. */
    default void resolved(SetRequest set) {}

    /**
     * A set is about to be generated.
     *
     * @param title what it shows: {@code without AdaIN}
     * @param number of the set, from 1
     * @param total sets in all
     */
    default void setStarted(String title, int number, int total) {}
}
