package org.atelier.diffusion.window;

import java.util.ArrayList;
import java.util.List;

/**
 * How an image is divided into windows: one at every multiple of the stride, and a last one that is flush with the
 * edge. Bar-Tal et al. 2023, MultiDiffusion, where the rest behind the last whole stride is missing.
 *
 * @param height of a window, in latents
 * @param width of a window, in latents
 * @param stride from one window to the next, in latents; at most the smaller side of a window
 * @param circular whether the right end of an image continues at its left end
 */
public record WindowGrid(int height, int width, int stride, boolean circular) {

    /** Checks the numbers. */
    public WindowGrid {
        if (height < 1 || width < 1 || stride < 1 || stride > Math.min(height, width)) {
            throw new IllegalArgumentException(
                    "Windows of %d x %d latents cannot have the stride %d".formatted(width, height, stride));
        }
    }

    /**
     * The windows of an image, row by row.
     *
     * @param imageHeight in latents
     * @param imageWidth in latents
     * @return {@link Window#WHOLE} alone if the image is not larger than a window
     */
    public List<Window> of(int imageHeight, int imageWidth) {
        if (imageHeight <= height && imageWidth <= width) {
            return List.of(Window.WHOLE);
        }
        List<Window> windows = new ArrayList<>();
        for (int top : starts(imageHeight, height)) {
            for (int left : isCircular(imageWidth) ? circularStarts(imageWidth) : starts(imageWidth, width)) {
                windows.add(new Window(top, left, Math.min(height, imageHeight), Math.min(width, imageWidth)));
            }
        }
        return windows;
    }

    /** Whether the ends of an image of this width, in latents, continue each other. */
    public boolean isCircular(int imageWidth) {
        return circular && imageWidth > width;
    }

    private List<Integer> starts(int side, int window) {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start + window < side; start += stride) {
            starts.add(start);
        }
        starts.add(Math.max(0, side - window));
        return starts;
    }

    private List<Integer> circularStarts(int side) {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start < side; start += stride) {
            starts.add(start);
        }
        return starts;
    }
}
