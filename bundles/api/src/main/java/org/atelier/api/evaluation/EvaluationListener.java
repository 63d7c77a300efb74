package org.atelier.api.evaluation;

import org.atelier.api.set.SetListener;
import org.osgi.annotation.versioning.ConsumerType;

/** Follows an evaluation and each of its sets; {@link #noted} hears each sentence once. */
@ConsumerType
public interface EvaluationListener extends SetListener {

    /** All is checked; the first set is about to be generated. */
    default void resolved(AblationRequest request) {}

    /**
     * A set is about to be generated.
     *
     * @param variant in words: {@code full attention sharing}
     * @param number of the set, from 1
     * @param total sets in all
     */
    default void began(String variant, int number, int total) {}

    /** The sets are generated and are being measured. */
    default void measuring() {}
}
