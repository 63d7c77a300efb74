package org.atelier.control.picture;

import java.awt.image.BufferedImage;
import org.atelier.api.Plugins;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.pictures.Resampling;
import org.osgi.service.component.annotations.Component;

/**
 * Takes a picture for a control picture as it is, and only brings it to the size that is drawn, as diffusers does with a
 * pipeline's control images: by Pillow's Lanczos filter, whatever becomes of its proportions.
 */
@Component(factory = ControlPreprocessor.FACTORY, factoryProperty = Plugins.NAME + "=picture")
public final class PictureControl implements ControlPreprocessor {

    @Override
    public BufferedImage prepare(BufferedImage picture, int width, int height) {
        boolean fits = picture.getWidth() == width && picture.getHeight() == height;
        return fits ? picture : Resampling.LANCZOS.resize(picture, width, height);
    }
}
