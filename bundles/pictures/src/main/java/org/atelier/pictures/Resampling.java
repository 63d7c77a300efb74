package org.atelier.pictures;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;

/**
 * The filters by which Pillow's {@code Image.resize} resizes, each to the byte: the models' own tools prepare images
 * with it. Their codes are those of {@code resample} in a {@code preprocessor_config.json}.
 */
public enum Resampling {
    /** Takes the pixel below the new one's centre, and blends none. */
    NEAREST(0, 0) {
        @Override
        public BufferedImage resize(BufferedImage image, int width, int height) {
            return NearestPixels.resize(image, width, height);
        }

        @Override
        double weigh(double distance) {
            throw new UnsupportedOperationException("the nearest pixel is taken whole");
        }
    },
    /** A sinc within the main lobe of a sinc three times as wide. */
    LANCZOS(1, 3) {
        @Override
        double weigh(double distance) {
            return distance < 3 ? sinc(distance) * sinc(distance / 3) : 0;
        }
    },
    /** A triangle. */
    BILINEAR(2, 1) {
        @Override
        double weigh(double distance) {
            return Math.max(0, 1 - distance);
        }
    },
    /** Keys 1981, of the sharpness that most others take too: a = -0.5. */
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
    /** The mean of the pixels that a new one covers; each counts whole where its centre lies within. */
    BOX(4, 0.5) {
        @Override
        double weigh(double distance) {
            return distance <= 0.5 ? 1 : 0;
        }

        @Override
        double weighSigned(double distance) {
            // Half open: a pixel halfway between two new ones belongs to one of them.
            return distance > -0.5 ? weigh(Math.abs(distance)) : 0;
        }
    },
    /** A sinc within Hamming's window. */
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

    /** The filter of Pillow's number, 0 to 5. */
    public static Optional<Resampling> ofCode(int code) {
        return Arrays.stream(values()).filter(filter -> filter.code == code).findFirst();
    }

    /**
     * Resizes, whatever becomes of the aspect.
     *
     * @param image opaque red-green-blue
     * @param width in pixels, at least 1, as {@code height}
     * @return an image of that size; {@code image} itself if it has it already
     */
    public BufferedImage resize(BufferedImage image, int width, int height) {
        return FilteredPixels.resize(image, width, height, this);
    }

    /** How far the filter reaches, in new pixels where it shrinks and in old ones where it does not. */
    double support() {
        return support;
    }

    /** @param distance from the filter's centre, not negative */
    abstract double weigh(double distance);

    /** @param distance from the filter's centre, negative before it */
    double weighSigned(double distance) {
        return weigh(Math.abs(distance));
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }
}
