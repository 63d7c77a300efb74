package org.atelier.control.picture;

import java.awt.image.BufferedImage;
import org.atelier.api.Plugins;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.pictures.Resampling;
import org.osgi.service.component.annotations.Component;

/**
 * Takes an image for a control image as it is, and only brings it to the size that is generated, as diffusers does with a
 * pipeline's control images: by Pillow's Lanczos filter, whatever becomes of its proportions.
 */
@Component(factory = ControlPreprocessor.FACTORY, factoryProperty = Plugins.NAME + "=picture")
public final class ImageControl implements ControlPreprocessor {

    @Override
    public BufferedImage prepare(BufferedImage image, int width, int height) {
        boolean fits = image.getWidth() == width && image.getHeight() == height;
        return fits ? image : Resampling.LANCZOS.resize(image, width, height);
    }
}
