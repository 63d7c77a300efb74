package org.atelier.control.canny;

import java.awt.image.BufferedImage;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Plugins;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.pictures.Resampling;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The edges of an image, white on black. The image is brought to the size that is generated first, so that lines are one
 * pixel wide there, as in the images that ControlNets are trained on.
 */
@Designate(ocd = Options.class)
@Component(factory = ControlPreprocessor.FACTORY, factoryProperty = Plugins.NAME + "=canny")
public final class CannyControl implements ControlPreprocessor {

    private final CannyFilter filter;

    /** @throws AtelierException {@code INVALID_REQUEST} for an aperture that is not 3, 5 or 7 */
    @Activate
    public CannyControl(Options options) {
        int aperture = options.aperture();
        if (aperture != 3 && aperture != 5 && aperture != 7) {
            throw new AtelierException(Code.INVALID_REQUEST, "The aperture " + aperture + " is not one of 3, 5 and 7.");
        }
        this.filter = new CannyFilter(options.lowThreshold(), options.highThreshold(), aperture, options.l2Gradient());
    }

    @Override
    public BufferedImage prepare(BufferedImage image, int width, int height) {
        boolean fits = image.getWidth() == width && image.getHeight() == height;
        return filter.of(fits ? image : Resampling.LANCZOS.resize(image, width, height));
    }
}
