package org.atelier.pictures;

import java.awt.image.BufferedImage;

/** The grey levels of an image, as Pillow converts and blurs them. Immutable. */
public final class GreyLevels {

    private final int width;
    private final int height;
    private final byte[] levels;

    private GreyLevels(int width, int height, byte[] levels) {
        this.width = width;
        this.height = height;
        this.levels = levels;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** A copy of the levels, one for each pixel, row by row, unsigned. */
    public byte[] levels() {
        return levels.clone();
    }

    /** The luma of ITU-R BT.601, as Pillow's mode L. */
    public static GreyLevels of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] levels = new byte[pixels.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) luma((pixels[i] >> 16) & 0xFF, (pixels[i] >> 8) & 0xFF, pixels[i] & 0xFF);
        }
        return new GreyLevels(width, height, levels);
    }

    private static int luma(int red, int green, int blue) {
        return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
    }

    /**
     * Blurs the levels with Pillow's approximation of a Gaussian.
     *
     * @param radius its standard deviation in pixels, 0 or more
     */
    public GreyLevels blurred(int radius) {
        return radius == 0 ? this : new GreyLevels(width, height, BoxBlur.gaussian(levels, width, height, radius));
    }
}
