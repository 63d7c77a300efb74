package org.atelier.api.metric;

import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Measures a set. Each evaluation has its own instance.
 *
 * <p>It is a Declarative Services component factory, as {@link org.atelier.api.attention.AttentionStrategy} is. Its
 * {@link org.atelier.api.Plugins#NAME} identifies it in requests and reports. A metric with a network declares by
 * {@link org.atelier.api.Plugins#MODEL} the option that names the model, so that the model can be fetched and recorded,
 * and by {@link org.atelier.api.Plugins#MODEL_DEFAULTS} the models of which the first installed one is the default. A
 * metric whose model is missing is named before anything is generated or measured; the others still measure.
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
     * @param listener may cancel
     * @return measurements with unique names; empty if the set is too small or lacks what is measured, such as prompts
     * @throws AtelierException {@code CANCELLED} if the listener cancels
     */
    List<Measurement> measure(MeasuredSet set, MeasuringListener listener);

    /**
     * Checks what does not depend on the set, such as a missing or damaged model. It is called once, before the first
     * set is generated or measured; it should not keep a network in memory, because generation takes long.
     *
     * @throws AtelierException {@code MODEL_NOT_FOUND} with the command that fetches a missing model: the evaluation
     *     continues without the metric if others can measure; any other code ends it
     */
    default void check() {}
}
