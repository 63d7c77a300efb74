package org.atelier.api.evaluation;

import org.atelier.api.set.SetListener;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives the progress of an evaluation and of each of its sets; {@link #noted} receives each sentence once. */
@ConsumerType
public interface EvaluationListener extends SetListener {

    /** The request is resolved and checked; the first set is about to be generated. */
    default void resolved(EvaluationRequest request) {}

    /**
     * A set is about to be generated.
     *
     * @param variant its title: {@code full attention sharing}
     * @param number of the set, from 1
     * @param total sets in all
     */
    default void setStarted(String variant, int number, int total) {}

    /** All sets are generated; measuring starts. */
    default void measuringStarted() {}
}
