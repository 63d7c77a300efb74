package org.example.myoutline;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.atelier.api.Plugins;
import org.atelier.api.control.ControlPreprocessor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Outlines, white on black: where the lightness of an image changes from one pixel to the next. */
@Designate(ocd = MyOutlineControl.Options.class)
@Component(factory = ControlPreprocessor.FACTORY, factoryProperty = Plugins.NAME + "=my-outline")
public final class MyOutlineControl implements ControlPreprocessor {

    /** The options, set by {@code --control-option my-outline.threshold=20}. */
    @ObjectClassDefinition(
            name = "my-outline",
            description = "Outlines, white on black, for ControlNets trained on edges.")
    public @interface Options {

        @AttributeDefinition(
                name = "Threshold",
                description = "The minimum change of lightness at an outline, in levels of 255.",
                min = "1",
                max = "255")
        int threshold() default 40;
    }

    private static final int WHITE = 0xFFFFFF;

    private final int threshold;

    /** Creates the instance for one set; types and ranges of the options have been validated. */
    @Activate
    public MyOutlineControl(Options options) {
        this(options.threshold());
    }

    MyOutlineControl(int threshold) {
        this.threshold = threshold;
    }

    @Override
    public BufferedImage prepare(BufferedImage image, int width, int height) {
        BufferedImage resized = resized(image, width, height);
        BufferedImage outlines = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y + 1 < height; y++) {
            for (int x = 0; x + 1 < width; x++) {
                int here = lightness(resized.getRGB(x, y));
                int right = Math.abs(lightness(resized.getRGB(x + 1, y)) - here);
                int below = Math.abs(lightness(resized.getRGB(x, y + 1)) - here);
                if (Math.max(right, below) >= threshold) {
                    outlines.setRGB(x, y, WHITE);
                }
            }
        }
        return outlines;
    }

    /** Resizes before finding outlines, so that they are one pixel wide. */
    private static BufferedImage resized(BufferedImage image, int width, int height) {
        BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = resized.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return resized;
    }

    /** The lightness of a colour, 0 to 255, with the weights of ITU-R BT.601. */
    private static int lightness(int colour) {
        return (299 * (colour >> 16 & 0xFF) + 587 * (colour >> 8 & 0xFF) + 114 * (colour & 0xFF)) / 1000;
    }
}
