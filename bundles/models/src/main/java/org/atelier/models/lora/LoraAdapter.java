package org.atelier.models.lora;

import java.util.List;
import java.util.Optional;
import org.atelier.models.safetensors.TensorEntry;

/**
 * The low-rank change of one layer.
 *
 * @param network of the layer
 * @param module its name in the file, without prefix
 * @param down (rank, in), or (rank, in, height, width) of a convolution
 * @param up (out, rank), or (out, rank, 1, 1)
 * @param mid (rank of up, rank of down, height, width), the core of a convolution in CP decomposition
 * @param scale alpha / rank
 */
record LoraAdapter(
        AdaptedNetwork network,
        String module,
        TensorEntry down,
        TensorEntry up,
        Optional<TensorEntry> mid,
        double scale) {

    /** The rows of {@code down}. */
    long rank() {
        return down.shape().get(0);
    }

    double alpha() {
        return scale * rank();
    }

    /** Whether the product of the factors can be added to a weight of that shape. */
    boolean fits(List<Long> weight) {
        return mid.map(core -> fits(weight, core)).orElseGet(() -> fitsPair(weight));
    }

    private boolean fitsPair(List<Long> weight) {
        List<Long> in = weight.subList(1, weight.size());
        boolean sameKernel = down.shape().size() != weight.size()
                || down.shape().subList(1, weight.size()).equals(in);
        return sameKernel
                && size(down.shape(), 1) == size(in, 0)
                && up.shape().get(0).equals(weight.get(0))
                && size(up.shape(), 1) == rank();
    }

    private boolean fits(List<Long> weight, TensorEntry core) {
        return weight.size() == 4
                && core.shape().size() == 4
                && core.shape().subList(2, 4).equals(weight.subList(2, 4))
                && core.shape().get(1) == rank()
                && size(down.shape(), 1) == weight.get(1)
                && up.shape().get(0).equals(weight.get(0))
                && size(up.shape(), 1) == core.shape().get(0);
    }

    private static long size(List<Long> shape, int from) {
        return shape.subList(from, shape.size()).stream().reduce(1L, (a, b) -> a * b);
    }

    /** The shapes of its factors, for errors. */
    String shapes() {
        return "down " + down.shape() + mid.map(core -> ", mid " + core.shape()).orElse("") + " and up " + up.shape();
    }
}
