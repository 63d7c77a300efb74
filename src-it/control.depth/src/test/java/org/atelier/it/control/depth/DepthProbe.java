package org.atelier.it.control.depth;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.it.harness.PluginFactory;
import org.atelier.pictures.SourceImage;

/**
 * Prepares an image as the studio does: by depth with the default model, which is not there, by depth with a model that
 * is, and as it is. A line each.
 */
public final class DepthProbe implements Callable<String> {

    /** The system property that says where the model lies that is there. */
    static final String MODEL = "depth.model";

    /** The system property that says where the image lies. */
    static final String IMAGE = "depth.image";

    private static final int WIDTH = 72;
    private static final int HEIGHT = 40;

    @Override
    public String call() throws Exception {
        return prepared("depth", Map.of())
                + "\n" + prepared("depth", Map.of("model", System.getProperty(MODEL)))
                + "\n" + prepared("picture", Map.of());
    }

    private static String prepared(String plugin, Map<String, Object> options) throws Exception {
        BufferedImage image =
                SourceImage.open(Path.of(System.getProperty(IMAGE))).upright();
        try {
            return PluginFactory.<ControlPreprocessor>find(ControlPreprocessor.FACTORY, plugin)
                    .use(options, control -> described(control.prepare(image, WIDTH, HEIGHT)));
        } catch (AtelierException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    private static String described(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        boolean grey = Arrays.stream(pixels).allMatch(pixel -> (pixel & 0xFFFFFF) == (pixel & 0xFF) * 0x010101);
        int least = Arrays.stream(pixels).map(pixel -> pixel & 0xFF).min().orElseThrow();
        int most = Arrays.stream(pixels).map(pixel -> pixel & 0xFF).max().orElseThrow();
        return width + " x " + height + ", levels from " + least + " to " + most + (grey ? ", grey" : ", colours");
    }
}
