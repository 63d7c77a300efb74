package org.atelier.it.control.canny;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.it.harness.PluginFactory;

/** Prepares an image that is black on its left and white on its right. */
public final class ControlProbe implements Callable<String> {

    @Override
    public String call() throws Exception {
        return PluginFactory.<ControlPreprocessor>find(ControlPreprocessor.FACTORY, "canny")
                .use(Map.of("low.threshold", 20.0, "aperture", 5), control -> row(control.prepare(halves(), 12, 16)));
    }

    private static BufferedImage halves() {
        BufferedImage image = new BufferedImage(24, 32, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().fillRect(12, 0, 12, 32);
        return image;
    }

    /** The row in the middle, a character for each pixel. */
    private static String row(BufferedImage image) {
        StringBuilder row = new StringBuilder();
        for (int x = 0; x < image.getWidth(); x++) {
            row.append((image.getRGB(x, image.getHeight() / 2) & 0xFF) > 127 ? '#' : '.');
        }
        return row.toString();
    }
}
