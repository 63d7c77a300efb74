package org.atelier.api.set;

import java.util.List;
import org.atelier.api.metric.MetricSelection;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The models that a request needs, installed or not, so that a front end can fetch missing ones first. Names are as for
 * {@link org.atelier.api.model.ModelFiles#folder}, each once, in the order of use.
 *
 * <p>A plugin declares its model by {@link org.atelier.api.Plugins#MODEL}. Faults are not reported here but when the
 * set is generated: a plugin that is not installed, or an unknown option, needs no model.
 */
@ProviderType
public interface RequiredModels {

    /**
     * The diffusion model, then the models of unread contexts, of references without captions, of a summary that is
     * always made, and of controls. The default ControlNet depends on the diffusion model: while that is not installed,
     * the ControlNet is omitted.
     */
    List<String> ofSet(SetRequest request);

    /** The models that {@link Studio#describe} needs: those of unread contexts and of a summary that is always made. */
    List<String> ofContexts(SetRequest request);

    /** The model that preprocesses a control image as {@link Studio#preprocess} does, without the ControlNet. */
    List<String> ofPreprocessing(String model, ControlInput control);

    /** The models of the selected metrics. */
    List<String> ofMetrics(List<MetricSelection> metrics);
}
