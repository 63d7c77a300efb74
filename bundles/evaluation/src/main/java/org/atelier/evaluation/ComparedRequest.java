package org.atelier.evaluation;

import java.util.function.UnaryOperator;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.set.SetRequest;

/**
 * A variant of an experiment, and how the common request becomes its own.
 *
 * @param variant its names
 * @param change of the common request
 */
record ComparedRequest(Variant variant, UnaryOperator<SetRequest> change) {

    /** The request of this variant. */
    SetRequest of(SetRequest common) {
        return change.apply(common);
    }
}
