package org.atelier.pictures;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Converts images of any colour model to 8-bit sRGB, composited on white. */
final class OpaqueColours {

    private OpaqueColours() {}

    /** @return opaque red-green-blue; what was so already is not changed by a bit */
    static BufferedImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        boolean grey = isGrey(image.getColorModel());
        BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            int[] row = grey ? greyRow(image, y) : image.getRGB(0, y, width, 1, null, 0, width);
            for (int x = 0; x < width; x++) {
                row[x] = onWhite(row[x]);
            }
            opaque.setRGB(0, y, width, 1, row, 0, width);
        }
        return opaque;
    }

    private static boolean isGrey(ColorModel model) {
        return !(model instanceof IndexColorModel) && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /** Java takes grey levels for linear light and would brighten them; in files they are as sRGB's. */
    private static int[] greyRow(BufferedImage image, int y) {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        int[] row = new int[image.getWidth()];
        for (int x = 0; x < row.length; x++) {
            int level = eightBits(raster.getSample(x, y, 0), model.getComponentSize(0));
            int alpha = model.hasAlpha() ? eightBits(raster.getSample(x, y, 1), model.getComponentSize(1)) : 0xFF;
            row[x] = alpha << 24 | level << 16 | level << 8 | level;
        }
        return row;
    }

    private static int eightBits(int sample, int bits) {
        return Math.round(sample * 255f / ((1 << bits) - 1));
    }

    private static int onWhite(int argb) {
        int alpha = argb >>> 24;
        if (alpha == 0xFF) {
            return argb;
        }
        return onWhite(argb >> 16, alpha) << 16 | onWhite(argb >> 8, alpha) << 8 | onWhite(argb, alpha);
    }

    private static int onWhite(int level, int alpha) {
        return ((level & 0xFF) * alpha + 255 * (255 - alpha) + 127) / 255;
    }
}
