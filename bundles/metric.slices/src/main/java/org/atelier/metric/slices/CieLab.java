package org.atelier.metric.slices;

import java.awt.image.BufferedImage;

/** The colours of an sRGB image in CIELAB under D65: lightness 0 to 100, and a and b. */
public final class CieLab {

    private static final double[][] TO_XYZ = {
        {0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}
    };
    private static final double[] WHITE = {0.95047, 1.0, 1.08883};
    private static final double KNEE = 6.0 / 29;

    private final int width;
    private final int height;
    private final double[][] planes;

    private CieLab(int width, int height) {
        this.width = width;
        this.height = height;
        this.planes = new double[3][width * height];
    }

    /** The colours of an image; transparency is ignored. */
    public static CieLab of(BufferedImage image) {
        CieLab colours = new CieLab(image.getWidth(), image.getHeight());
        double[] linear = linearLevels();
        int[] row = new int[colours.width];
        for (int y = 0; y < colours.height; y++) {
            image.getRGB(0, y, colours.width, 1, row, 0, colours.width);
            for (int x = 0; x < colours.width; x++) {
                int level = row[x];
                colours.set(
                        y * colours.width + x,
                        linear[level >> 16 & 255],
                        linear[level >> 8 & 255],
                        linear[level & 255]);
            }
        }
        return colours;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Lightness, a and b of every pixel, row by row: (plane, pixel). */
    public double[][] planes() {
        return planes;
    }

    private void set(int pixel, double red, double green, double blue) {
        double x = compressed(0, red, green, blue);
        double y = compressed(1, red, green, blue);
        double z = compressed(2, red, green, blue);
        planes[0][pixel] = 116 * y - 16;
        planes[1][pixel] = 500 * (x - y);
        planes[2][pixel] = 200 * (y - z);
    }

    /** The cube root of a coordinate of XYZ relative to white, with the linear part of the standard near black. */
    private static double compressed(int coordinate, double red, double green, double blue) {
        double[] row = TO_XYZ[coordinate];
        double relative = (row[0] * red + row[1] * green + row[2] * blue) / WHITE[coordinate];
        return relative > KNEE * KNEE * KNEE ? Math.cbrt(relative) : relative / (3 * KNEE * KNEE) + 4.0 / 29;
    }

    /** The intensity of each of the 256 levels: the inverse of sRGB's transfer function. */
    private static double[] linearLevels() {
        double[] levels = new double[256];
        for (int level = 0; level < levels.length; level++) {
            double value = level / 255.0;
            levels[level] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return levels;
    }
}
