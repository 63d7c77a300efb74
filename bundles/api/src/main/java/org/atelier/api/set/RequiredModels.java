package org.atelier.api.set;

import java.util.List;
import org.atelier.api.metric.MetricSelection;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which models a request cannot do without, here or not, so that a front end can fetch what is missing first. Names are
 * those of {@link org.atelier.api.model.ModelFiles#folder}, each once, in the order in which they are needed.
 *
 * <p>A plugin tells its model by {@link org.atelier.api.Plugins#MODEL}. What is wrong with a request is reported when it is
 * generated: a plugin that is not here, or an option that it does not take, names no model.
 */
@ProviderType
public interface RequiredModels {

    /**
     * The model that generates, then those of contexts that are not read, of references that are to be captioned, of a summary
     * that is always made, and of controls. Which ControlNet is the usual one the model that generates decides: while that is
     * not here, it stands alone for all that depends on it.
     */
    List<String> ofSet(SetRequest request);

    /** Those that put inputs into words. */
    List<String> ofContexts(List<ContextInput> inputs);

    /** Those that make of an image what a ControlNet sees; a ControlNet is none of them. */
    List<String> ofPreprocessing(ControlInput control);

    /** Those that metrics run; the metrics that are not chosen need none. */
    List<String> ofMetrics(List<MetricSelection> metrics);
}
