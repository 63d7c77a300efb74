package org.atelier.api.metric;

import org.osgi.annotation.versioning.ConsumerType;

/** The distance or similarity of two images of a {@link MeasuredSet}. */
@ConsumerType
@FunctionalInterface
public interface Comparison {

    /**
     * Compares two images; symmetric.
     *
     * @param one an index in {@link MeasuredSet#all()}
     * @param other another index
     */
    double between(int one, int other);
}
