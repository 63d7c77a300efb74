package org.atelier.diffusion.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Processes large inputs of the autoencoder in overlapping tiles and blends each tile with its neighbours above and to
 * the left, as diffusers does.
 */
final class Tiling {

    /** The overlap of neighbouring tiles, as a fraction of a tile. */
    private static final double OVERLAP = 0.25;

    private final int side;
    private final int stride;
    private final int blendExtent;
    private final int rowLimit;

    /**
     * @param inputSide side of an input tile
     * @param outputSide side of an output tile
     */
    Tiling(int inputSide, int outputSide) {
        this.side = inputSide;
        this.stride = (int) (inputSide * (1 - OVERLAP));
        this.blendExtent = (int) (outputSide * OVERLAP);
        this.rowLimit = outputSide - blendExtent;
    }

    /**
     * @param whole (image, channel, height, width)
     * @param pass processes one tile, or the whole input if it fits in a tile
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
                NDArray tile = pass.apply(slice(slice(whole, 2, top, top + side), 3, left, left + side));
                int column = row.size();
                if (!above.isEmpty()) {
                    tile = blended(above.get(column), tile, 2);
                }
                if (column > 0) {
                    tile = blended(row.get(column - 1), tile, 3);
                }
                row.add(tile);
            }
            List<NDArray> cropped = row.stream()
                    .map(tile -> slice(slice(tile, 2, 0, rowLimit), 3, 0, rowLimit))
                    .toList();
            rows.add(NDArrays.concat(new NDList(cropped), 3));
            above = row;
        }
        return NDArrays.concat(new NDList(rows), 2);
    }

    /** Blends the first rows or columns of a tile with the last ones of the previous tile. */
    private NDArray blended(NDArray previous, NDArray tile, int axis) {
        long length = tile.getShape().get(axis);
        long previousLength = previous.getShape().get(axis);
        int extent = (int) Math.min(blendExtent, Math.min(length, previousLength));
        float[] ramp = new float[extent];
        for (int i = 0; i < extent; i++) {
            ramp[i] = (float) i / extent;
        }
        NDArray weight =
                tile.getManager().create(ramp).reshape(axis == 2 ? new Shape(extent, 1) : new Shape(1, extent));
        NDArray head = slice(tile, axis, 0, extent).mul(weight);
        NDArray tail = slice(previous, axis, previousLength - extent, previousLength)
                .mul(weight.neg().add(1));
        return head.add(tail).concat(slice(tile, axis, extent, length), axis);
    }

    private static NDArray slice(NDArray array, int axis, long from, long to) {
        long end = Math.min(to, array.getShape().get(axis));
        return axis == 2 ? array.get(":, :, " + from + ":" + end + ", :") : array.get(":, :, :, " + from + ":" + end);
    }
}
