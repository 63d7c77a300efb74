package org.atelier.it.libs.opencv;

import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** The edges of an image that is black on its left and white on its right: one row, a character for each pixel. */
public final class EdgesProbe implements Callable<String> {

    private static final int SIDE = 8;

    @Override
    public String call() {
        try (Mat halves = new Mat(SIDE, SIDE, opencv_core.CV_8UC1);
                Mat edges = new Mat()) {
            ByteBuffer pixels = halves.createBuffer();
            while (pixels.hasRemaining()) {
                pixels.put((byte) (pixels.position() % SIDE < SIDE / 2 ? 0 : 0xFF));
            }
            opencv_imgproc.Canny(halves, edges, 100, 200);
            ByteBuffer lit = edges.createBuffer();
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < SIDE; x++) {
                row.append(lit.get(SIDE / 2 * SIDE + x) == 0 ? '.' : '#');
            }
            return row.toString();
        }
    }
}
