package org.atelier.api.metric;

import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Measures a set; one instance measures the sets of one evaluation.
 *
 * <p>A declarative services component factory, as {@link org.atelier.api.attention.AttentionStrategy} is. Its
 * {@link org.atelier.api.Plugins#NAME} is what a user chooses it by and what a report calls it. One that runs a network
 * declares by {@link org.atelier.api.Plugins#MODEL} which option names the model, so that the model can be fetched and
 * is recorded.
 */
@ConsumerType
@FunctionalInterface
public interface SetMetric {

    /** The {@code component.factory} name of every metric. */
    String FACTORY = "org.atelier.metric";

    /**
     * Measures a set.
     *
     * @param set at least one image
     * @param listener says when to stop
     * @return measurements of different names; none where the set is too small to tell anything
     * @throws AtelierException {@code CANCELLED} when the listener said so
     */
    List<Measurement> measure(MeasuredSet set, MeasuringListener listener);

    /**
     * Refuses what {@link #measure} would refuse whatever the set: a model that is missing or damaged. Asked once, before
     * the first set is generated; as generation takes long, it should keep no network in memory.
     *
     * @throws AtelierException {@code MODEL_NOT_FOUND} naming the command that gets a missing model
     */
    default void check() {}
}
