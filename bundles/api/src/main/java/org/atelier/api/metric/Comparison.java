package org.atelier.api.metric;

import org.osgi.annotation.versioning.ConsumerType;

/** How far apart, or how alike, two images of a {@link MeasuredSet} are. */
@ConsumerType
@FunctionalInterface
public interface Comparison {

    /**
     * Compares two images; the order does not matter.
     *
     * @param one a place in {@link MeasuredSet#all()}
     * @param other another place
     */
    double between(int one, int other);
}
