package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The residuals of ControlNets, one for each skip connection of a UNet and one for its mid block.
 *
 * @param each (image, channel, height, width), in the order of the down blocks, then that of the mid block; empty for
 *     none
 */
public record Residuals(List<NDArray> each) {

    public static final Residuals NONE = new Residuals(List.of());

    public Residuals {
        each = List.copyOf(each);
    }

    /** Adds the residuals to the skip connections, the last on top, and closes the originals. */
    Deque<NDArray> addTo(Deque<NDArray> skips) {
        if (each.isEmpty()) {
            return skips;
        }
        Deque<NDArray> sums = new ArrayDeque<>();
        for (NDArray residual : each.subList(0, each.size() - 1)) {
            sums.push(sum(skips.removeLast(), residual));
        }
        return sums;
    }

    /** Adds the last residual to the output of the mid block and closes the original. */
    NDArray addTo(NDArray mid) {
        return each.isEmpty() ? mid : sum(mid, each.get(each.size() - 1));
    }

    private static NDArray sum(NDArray features, NDArray residual) {
        NDArray sum = features.add(residual);
        features.close();
        return sum;
    }

    /** The sum of two residuals. */
    public Residuals plus(Residuals other) {
        if (each.isEmpty() || other.each.isEmpty()) {
            return each.isEmpty() ? other : this;
        }
        List<NDArray> sums = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            sums.add(each.get(i).add(other.each.get(i)));
        }
        return new Residuals(sums);
    }

    /** Multiplies all residuals by a scale. */
    public Residuals scaled(double scale) {
        return scale == 1 ? this : map(residual -> residual.mul(scale));
    }

    /** Scales the residuals for guess mode: logarithmically from 0.1 for the first to 1 for the mid block. */
    public Residuals scaledForGuessMode() {
        List<NDArray> scaled = new ArrayList<>();
        for (NDArray residual : each) {
            double exponent = (double) scaled.size() / (each.size() - 1) - 1;
            scaled.add(residual.mul(Math.pow(10, exponent)));
        }
        return new Residuals(scaled);
    }

    public Residuals map(UnaryOperator<NDArray> function) {
        return new Residuals(each.stream().map(function).toList());
    }
}
