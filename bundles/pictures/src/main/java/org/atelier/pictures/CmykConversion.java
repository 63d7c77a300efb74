package org.atelier.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.List;
import org.atelier.pictures.container.JpegSegment;

/**
 * Converts CMYK images to RGB as Pillow does, without a colour profile. Levels are inverted, 255 for no ink, as in the
 * files of Adobe and all other writers.
 */
final class CmykConversion {

    private static final int TRANSFORM = 11;
    private static final int YCCK = 2;

    private final boolean transformed;

    /**
     * @param segments of the file; the Adobe segment defines whether the first three components are luma and chroma
     */
    CmykConversion(List<JpegSegment> segments) {
        this.transformed = segments.stream()
                .filter(segment -> segment.marker() == JpegSegment.APP14 && segment.startsWith("Adobe"))
                .map(JpegSegment::content)
                .anyMatch(content -> content.remaining() > TRANSFORM && content.get(TRANSFORM) == YCCK);
    }

    BufferedImage of(Raster raster) {
        BufferedImage image = new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] samples = new int[4];
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                image.setRGB(x, y, colour(raster.getPixel(x, y, samples)));
            }
        }
        return image;
    }

    private int colour(int[] samples) {
        if (transformed) {
            toCmy(samples);
        }
        int colour = 0;
        for (int i = 0; i < 3; i++) {
            colour = colour << 8 | (samples[i] * samples[3] + 127) / 255;
        }
        return colour;
    }

    /** Converts luma and chroma, which are computed from inverted CMY as if it were RGB. */
    private static void toCmy(int[] samples) {
        double luma = samples[0];
        double blue = samples[1] - 128;
        double red = samples[2] - 128;
        samples[0] = level(255 - (luma + 1.402 * red));
        samples[1] = level(255 - (luma - 0.344136 * blue - 0.714136 * red));
        samples[2] = level(255 - (luma + 1.772 * blue));
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
