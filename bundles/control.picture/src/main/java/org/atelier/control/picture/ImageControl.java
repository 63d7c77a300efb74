package org.atelier.control.picture;

import java.awt.image.BufferedImage;
import org.atelier.api.Plugins;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.pictures.Resampling;
import org.osgi.service.component.annotations.Component;

/**
 * Uses an image as the control image and only resizes it to the generated size, as diffusers does: with Pillow's Lanczos filter, without
 * keeping the aspect ratio.
 */
@Component(factory = ControlPreprocessor.FACTORY, factoryProperty = Plugins.NAME + "=picture")
public final class ImageControl implements ControlPreprocessor {

    @Override
    public BufferedImage prepare(BufferedImage image, int width, int height) {
        boolean fits = image.getWidth() == width && image.getHeight() == height;
        return fits ? image : Resampling.LANCZOS.resize(image, width, height);
    }
}
