package org.atelier.pictures;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;

/**
 * The filters of {@code Image.resize} of Pillow, bit-identical, since models are trained with images resized by it. The
 * codes are those of {@code resample} in a {@code preprocessor_config.json}.
 */
public enum Resampling {
    /** Nearest neighbour: the source pixel at the centre of the new pixel. */
    NEAREST(0, 0) {
        @Override
        public BufferedImage resize(BufferedImage image, int width, int height) {
            return NearestPixels.resize(image, width, height);
        }

        @Override
        double weigh(double distance) {
            throw new UnsupportedOperationException("Nearest neighbour has no weights");
        }
    },
    /** A sinc windowed by the main lobe of a sinc three times as wide. */
    LANCZOS(1, 3) {
        @Override
        double weigh(double distance) {
            return distance < 3 ? sinc(distance) * sinc(distance / 3) : 0;
        }
    },
    /** A triangle filter. */
    BILINEAR(2, 1) {
        @Override
        double weigh(double distance) {
            return Math.max(0, 1 - distance);
        }
    },
    /** Bicubic, Keys 1981, with a = -0.5. */
    BICUBIC(3, 2) {
        @Override
        double weigh(double x) {
            double a = -0.5;
            if (x < 1) {
                return ((a + 2) * x - (a + 3)) * x * x + 1;
            }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
        }
    },
    /** The mean of the source pixels whose centres are inside the new pixel. */
    BOX(4, 0.5) {
        @Override
        double weigh(double distance) {
            return distance <= 0.5 ? 1 : 0;
        }

        @Override
        double weighSigned(double distance) {
            // Half-open interval: a pixel halfway between two new ones belongs to one of them.
            return distance > -0.5 ? weigh(Math.abs(distance)) : 0;
        }
    },
    /** A sinc with a Hamming window. */
    HAMMING(5, 1) {
        @Override
        double weigh(double distance) {
            return distance < 1 ? sinc(distance) * (0.54 + 0.46 * Math.cos(distance * Math.PI)) : 0;
        }
    };

    private final int code;
    private final double support;

    Resampling(int code, double support) {
        this.code = code;
        this.support = support;
    }

    /** The filter with a Pillow code, 0 to 5. */
    public static Optional<Resampling> ofCode(int code) {
        return Arrays.stream(values()).filter(filter -> filter.code == code).findFirst();
    }

    /**
     * Resizes an image; the aspect ratio may change.
     *
     * @param image opaque RGB
     * @param width in pixels, at least 1, as {@code height}
     * @return an image of the given size; {@code image} itself if it already has this size
     */
    public BufferedImage resize(BufferedImage image, int width, int height) {
        return FilteredPixels.resize(image, width, height, this);
    }

    /** The support of the filter, in new pixels when shrinking and in source pixels otherwise. */
    double support() {
        return support;
    }

    /** @param distance from the centre of the filter, not negative */
    abstract double weigh(double distance);

    /** @param distance from the centre of the filter, signed */
    double weighSigned(double distance) {
        return weigh(Math.abs(distance));
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }
}
