package org.atelier.control.canny;

import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.Deque;

/** Canny's edge detector in the arithmetic of OpenCV's, to the pixel. Canny 1986. */
final class Edges {

    private static final int WHITE = 0xFFFFFF;

    /** The tangent of 22.5 degrees, with 15 bits behind the point. */
    private static final int TANGENT_BITS = 15;

    private static final long TANGENT = 13573;

    /** Beyond this OpenCV takes no threshold where it squares them. */
    private static final double LARGEST_TO_SQUARE = 32767;

    private static final double SCALE_OF_APERTURE_7 = 16;

    private final double low;
    private final double high;
    private final int aperture;
    private final boolean euclid;

    /**
     * @param one of the thresholds, in sums of a Sobel kernel of that aperture
     * @param other of them, in any order
     * @param aperture 3, 5 or 7
     * @param euclid whether a gradient's length is Euclid's
     */
    Edges(double one, double other, int aperture, boolean euclid) {
        double scale = aperture == 7 ? SCALE_OF_APERTURE_7 : 1;
        this.low = threshold(Math.min(one, other) / scale, euclid);
        this.high = threshold(Math.max(one, other) / scale, euclid);
        this.aperture = aperture;
        this.euclid = euclid;
    }

    private static double threshold(double asked, boolean euclid) {
        double used = euclid ? Math.min(LARGEST_TO_SQUARE, asked) : asked;
        return Math.floor(euclid ? used * used : used);
    }

    /** The edges of an image, white on black. */
    BufferedImage of(BufferedImage image) {
        Gradient gradient = Gradient.of(image, aperture, euclid);
        int width = gradient.width();
        int height = gradient.height();
        boolean[] candidates = new boolean[width * height];
        Deque<Integer> found = new ArrayDeque<>();
        BufferedImage edges = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int length = gradient.lengthAt(x, y);
                if (length > low && isRidge(gradient, x, y)) {
                    candidates[y * width + x] = true;
                    if (length > high) {
                        found.push(y * width + x);
                    }
                }
            }
        }
        while (!found.isEmpty()) {
            int at = found.pop();
            if (candidates[at]) {
                candidates[at] = false;
                edges.setRGB(at % width, at / width, WHITE);
                pushNeighbours(at % width, at / width, width, height, found);
            }
        }
        return edges;
    }

    /** Whether the gradient is longest here along its own direction, rounded to one of four. */
    private static boolean isRidge(Gradient gradient, int x, int y) {
        int length = gradient.lengthAt(x, y);
        int across = gradient.acrossAt(x, y);
        int down = gradient.downAt(x, y);
        long run = Math.abs(across);
        long rise = (long) Math.abs(down) << TANGENT_BITS;
        long flat = run * TANGENT;
        if (rise < flat) {
            return length > gradient.lengthAt(x - 1, y) && length >= gradient.lengthAt(x + 1, y);
        }
        // tan 67.5° = tan 22.5° + 2
        if (rise > flat + (run << (TANGENT_BITS + 1))) {
            return length > gradient.lengthAt(x, y - 1) && length >= gradient.lengthAt(x, y + 1);
        }
        int side = (across ^ down) < 0 ? -1 : 1;
        return length > gradient.lengthAt(x - side, y - 1) && length > gradient.lengthAt(x + side, y + 1);
    }

    private static void pushNeighbours(int x, int y, int width, int height, Deque<Integer> found) {
        for (int row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
            for (int column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
                found.push(row * width + column);
            }
        }
    }
}
