package org.atelier.control.depth;

import java.awt.image.BufferedImage;
import org.atelier.api.Plugins;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.onnx.OnnxModels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * How far what an image shows is, the nearest white and the farthest black, as google/style-aligned's notebook makes it:
 * by a DPT on the whole image, whose depth map is then brought to the size that is generated.
 *
 * <p>The operator's configuration reaches a set through its request. Declarative services would close what a set is
 * using when it changes.
 */
@Designate(ocd = Options.class)
// A change of the configuration must not close what a set is using; the studio hands every set the values that then
// hold.
@Component(
        factory = ControlPreprocessor.FACTORY,
        factoryProperty = {Plugins.NAME + "=depth", Plugins.MODEL + "=model"},
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class DepthControl implements ControlPreprocessor {

    private final OnnxModels models;
    private final Options options;
    private DepthEstimator estimator;

    /** @param models from which the model is leased when the first image is prepared */
    @Activate
    public DepthControl(@Reference OnnxModels models, Options options) {
        this.models = models;
        this.options = options;
    }

    @Override
    public synchronized BufferedImage prepare(BufferedImage image, int width, int height) {
        if (estimator == null) {
            estimator = DepthEstimator.open(models.lease(options.model()));
        }
        return estimator.estimate(image).sized(width, height).image();
    }

    @Deactivate
    synchronized void close() {
        if (estimator != null) {
            estimator.close();
            estimator = null;
        }
    }
}
