package org.atelier.diffusion.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.atelier.diffusion.window.Window;

/** The latents of an image that belong to a region. Immutable. */
public final class RegionMask {

    private static final int WHITE = 128;

    private final int height;
    private final int width;
    private final float[] values;

    private RegionMask(int height, int width, float[] values) {
        this.height = height;
        this.width = width;
        this.values = values;
    }

    /**
     * The mask of an image of grey levels: 128 and above belongs to the region. Each latent has the level of its nearest
     * pixel, as in torch.nn.functional.interpolate.
     *
     * @param levels one for each pixel, row by row, unsigned
     * @param levelsWidth columns of the levels
     * @param height rows of latents
     * @param width columns of latents
     */
    public static RegionMask of(byte[] levels, int levelsWidth, int height, int width) {
        int levelsHeight = levels.length / levelsWidth;
        float[] values = new float[height * width];
        for (int i = 0; i < values.length; i++) {
            int row = nearest(i / width, levelsHeight, height);
            int column = nearest(i % width, levelsWidth, width);
            values[i] = Byte.toUnsignedInt(levels[row * levelsWidth + column]) >= WHITE ? 1 : 0;
        }
        return new RegionMask(height, width, values);
    }

    /** Computes in float, as PyTorch does. */
    private static int nearest(int index, int from, int to) {
        float scale = (float) from / to;
        return Math.min((int) (index * scale), from - 1);
    }

    /**
     * The latents that belong to none of the regions.
     *
     * @param regions at least one; of one size
     */
    public static RegionMask outside(List<RegionMask> regions) {
        RegionMask first = regions.get(0);
        float[] values = new float[first.values.length];
        Arrays.fill(values, 1);
        for (RegionMask region : regions) {
            for (int i = 0; i < values.length; i++) {
                values[i] -= values[i] * region.values[i];
            }
        }
        return new RegionMask(first.height, first.width, values);
    }

    /** Whether no latent belongs to the region. */
    public boolean isEmpty() {
        return !isIn(Window.WHOLE);
    }

    /** Whether a latent of a window belongs to the region. */
    public boolean isIn(Window window) {
        int rows = window.isWhole() ? height : window.height();
        int columns = window.isWhole() ? width : window.width();
        for (int row = window.top(); row < window.top() + rows; row++) {
            for (int column = window.left(); column < window.left() + columns; column++) {
                if (values[row * width + column % width] > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** 1 where a latent belongs to the region, else 0: (1, 1, height, width), owned by {@code manager}. */
    public NDArray array(NDManager manager) {
        return manager.create(values, new Shape(1, 1, height, width));
    }
}
