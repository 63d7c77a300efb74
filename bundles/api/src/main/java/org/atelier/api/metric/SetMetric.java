package org.atelier.api.metric;

import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Measures a set; one instance measures the sets of one evaluation. A declarative services component factory, as {@link
 * org.atelier.api.attention.AttentionStrategy} is; its {@link org.atelier.api.Plugins#NAME} is what a report calls it.
 */
@ConsumerType
@FunctionalInterface
public interface SetMetric {

    /** The {@code component.factory} name of every metric. */
    String FACTORY = "org.atelier.metric";

    /**
     * Measures a set.
     *
     * @param set at least one picture
     * @param listener says when to stop
     * @return figures of different names; none where the set is too small to tell anything
     * @throws AtelierException {@code CANCELLED} when the listener said so
     */
    List<Measurement> measure(MeasuredSet set, MeasuringListener listener);

    /**
     * Refuses what {@link #measure} would refuse whatever the set, so that it is known before a set is drawn.
     *
     * @throws AtelierException {@code MODEL_NOT_FOUND} naming the command that gets a missing model
     */
    default void check() {}
}
