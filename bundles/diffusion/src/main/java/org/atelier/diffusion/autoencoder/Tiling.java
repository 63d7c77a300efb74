package org.atelier.diffusion.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes what is too large for one pass of the autoencoder in overlapping tiles, and fades each into the ones above and
 * to its left; as diffusers tiles.
 */
final class Tiling {

    /** Neighbours share a quarter of a tile. */
    private static final double OVERLAP = 0.25;

    private final int side;
    private final int stride;
    private final int fade;
    private final int kept;

    /**
     * @param inputSide side of a tile as it goes in
     * @param outputSide side of what comes out of it
     */
    Tiling(int inputSide, int outputSide) {
        this.side = inputSide;
        this.stride = (int) (inputSide * (1 - OVERLAP));
        this.fade = (int) (outputSide * OVERLAP);
        this.kept = outputSide - fade;
    }

    /**
     * @param whole (image, channel, height, width)
     * @param pass what takes a tile, or the whole where it is no larger than a tile
     */
    NDArray apply(NDArray whole, UnaryOperator<NDArray> pass) {
        Shape shape = whole.getShape();
        if (shape.get(2) <= side && shape.get(3) <= side) {
            return pass.apply(whole);
        }
        List<NDArray> rows = new ArrayList<>();
        List<NDArray> above = List.of();
        for (long top = 0; top < shape.get(2); top += stride) {
            List<NDArray> row = new ArrayList<>();
            for (long left = 0; left < shape.get(3); left += stride) {
                NDArray tile = pass.apply(part(part(whole, 2, top, top + side), 3, left, left + side));
                int column = row.size();
                if (!above.isEmpty()) {
                    tile = faded(above.get(column), tile, 2);
                }
                if (column > 0) {
                    tile = faded(row.get(column - 1), tile, 3);
                }
                row.add(tile);
            }
            List<NDArray> cut = row.stream()
                    .map(tile -> part(part(tile, 2, 0, kept), 3, 0, kept))
                    .toList();
            rows.add(NDArrays.concat(new NDList(cut), 3));
            above = row;
        }
        return NDArrays.concat(new NDList(rows), 2);
    }

    /** The tile, its first rows or columns fading in from the last ones of the tile before it. */
    private NDArray faded(NDArray before, NDArray tile, int axis) {
        long length = tile.getShape().get(axis);
        long lengthBefore = before.getShape().get(axis);
        int extent = (int) Math.min(fade, Math.min(length, lengthBefore));
        float[] ramp = new float[extent];
        for (int i = 0; i < extent; i++) {
            ramp[i] = (float) i / extent;
        }
        NDArray weight =
                tile.getManager().create(ramp).reshape(axis == 2 ? new Shape(extent, 1) : new Shape(1, extent));
        NDArray head = part(tile, axis, 0, extent).mul(weight);
        NDArray tail = part(before, axis, lengthBefore - extent, lengthBefore)
                .mul(weight.neg().add(1));
        return head.add(tail).concat(part(tile, axis, extent, length), axis);
    }

    private static NDArray part(NDArray array, int axis, long from, long to) {
        long end = Math.min(to, array.getShape().get(axis));
        return axis == 2 ? array.get(":, :, " + from + ":" + end + ", :") : array.get(":, :, :, " + from + ":" + end);
    }
}
