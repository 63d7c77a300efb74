package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What ControlNets add to a UNet's features: to each that the way down leaves for the way up, and to the middle's.
 *
 * @param each (image, channel, height, width), in the order of the way down, and last the middle's; empty for nothing
 */
public record Residuals(List<NDArray> each) {

    public static final Residuals NONE = new Residuals(List.of());

    public Residuals {
        each = List.copyOf(each);
    }

    /** The way down's features, the last on top, with what is added to each; what they were is closed. */
    Deque<NDArray> addedTo(Deque<NDArray> skips) {
        if (each.isEmpty()) {
            return skips;
        }
        Deque<NDArray> sums = new ArrayDeque<>();
        for (NDArray residual : each.subList(0, each.size() - 1)) {
            sums.push(sum(skips.removeLast(), residual));
        }
        return sums;
    }

    /** The middle's features with what is added to them; what they were is closed. */
    NDArray addedTo(NDArray middle) {
        return each.isEmpty() ? middle : sum(middle, each.get(each.size() - 1));
    }

    private static NDArray sum(NDArray features, NDArray residual) {
        NDArray sum = features.add(residual);
        features.close();
        return sum;
    }

    /** Those of two ControlNets together. */
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

    /** All of them times the same number. */
    public Residuals scaled(double scale) {
        return scale == 1 ? this : map(residual -> residual.mul(scale));
    }

    /** A tenth of the first and the whole of the middle's, and evenly rising powers between: what guess mode asks for. */
    public Residuals scaledForGuessMode() {
        List<NDArray> scaled = new ArrayList<>();
        for (NDArray residual : each) {
            double exponent = (double) scaled.size() / (each.size() - 1) - 1;
            scaled.add(residual.mul(Math.pow(10, exponent)));
        }
        return new Residuals(scaled);
    }

    public Residuals map(UnaryOperator<NDArray> change) {
        return new Residuals(each.stream().map(change).toList());
    }
}
