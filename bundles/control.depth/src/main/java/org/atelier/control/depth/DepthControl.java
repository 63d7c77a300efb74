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
 * Converts an image to a depth map, the nearest point white and the farthest black, as google/style-aligned's notebook does: by a DPT model on the whole image; the depth map is then resized to the generated size.
 *
 * <p>The component ignores its configuration, because Declarative Services would close an instance in use when it changes. The operator's configuration reaches a set through its request.
 */
@Designate(ocd = Options.class)
// A change of the configuration must not close an instance in use; the studio passes the current values to every set.
@Component(
        factory = ControlPreprocessor.FACTORY,
        factoryProperty = {Plugins.NAME + "=depth", Plugins.MODEL + "=model"},
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class DepthControl implements ControlPreprocessor {

    private final OnnxModels models;
    private final Options options;
    private DepthEstimator estimator;

    /** @param models lease the model when the first image is prepared */
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
