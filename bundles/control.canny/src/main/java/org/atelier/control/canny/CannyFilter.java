package org.atelier.control.canny;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Canny's edge detector, as OpenCV has it. Canny 1986. */
final class CannyFilter {

    private static final int CHANNELS = 3;

    private final double low;
    private final double high;
    private final int aperture;
    private final boolean euclid;

    /**
     * @param low threshold, in sums of a Sobel kernel of that aperture
     * @param high threshold; OpenCV swaps the two where it is the lower one
     * @param aperture 3, 5 or 7
     * @param euclid whether a gradient's length is Euclid's
     */
    CannyFilter(double low, double high, int aperture, boolean euclid) {
        this.low = low;
        this.high = high;
        this.aperture = aperture;
        this.euclid = euclid;
    }

    /**
     * The edges of an image, white on black.
     *
     * @throws org.atelier.api.AtelierException {@code ENGINE_FAILED} if OpenCV cannot be loaded
     */
    BufferedImage of(BufferedImage image) {
        OpenCv.load();
        int width = image.getWidth();
        int height = image.getHeight();
        try (Mat rgb = new Mat(height, width, opencv_core.CV_8UC3);
                Mat edges = new Mat()) {
            rgb.<ByteBuffer>createBuffer().put(bytes(image));
            opencv_imgproc.Canny(rgb, edges, low, high, aperture, euclid);
            byte[] lit = new byte[width * height];
            edges.<ByteBuffer>createBuffer().get(lit);
            return image(lit, width, height);
        }
    }

    private static byte[] bytes(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] bytes = new byte[CHANNELS * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            bytes[CHANNELS * i] = (byte) (pixels[i] >> 16);
            bytes[CHANNELS * i + 1] = (byte) (pixels[i] >> 8);
            bytes[CHANNELS * i + 2] = (byte) pixels[i];
        }
        return bytes;
    }

    /** @param lit a byte for each pixel, 0 or 255 */
    private static BufferedImage image(byte[] lit, int width, int height) {
        int[] pixels = new int[lit.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (lit[i] & 0xFF) * 0x010101;
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }
}
