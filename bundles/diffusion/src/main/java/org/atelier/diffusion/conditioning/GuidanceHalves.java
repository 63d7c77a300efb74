package org.atelier.diffusion.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.attention.Heads;

/** The halves of a batch in classifier-free guidance: the unconditional rows, then the conditional ones. */
public enum GuidanceHalves {
    /** Without guidance: the conditional rows only. */
    ONE(1),
    /** With guidance. Ho and Salimans 2022. */
    TWO(2);

    private final int count;

    GuidanceHalves(int count) {
        this.count = count;
    }

    /** A scale of 1 or below disables guidance. */
    static GuidanceHalves at(double cfgScale) {
        return cfgScale > 1 ? TWO : ONE;
    }

    public int count() {
        return count;
    }

    /** Splits (image, …) into its halves, as views. */
    public List<NDArray> split(NDArray images) {
        return count == 1 ? List.of(images) : images.split(count);
    }

    /** Splits queries, keys and values into halves, as views. */
    public List<Heads> split(Heads heads) {
        List<NDArray> queries = split(heads.query());
        List<NDArray> keys = split(heads.key());
        List<NDArray> values = split(heads.value());
        List<Heads> halves = new ArrayList<>();
        for (int half = 0; half < count; half++) {
            halves.add(new Heads(queries.get(half), keys.get(half), values.get(half)));
        }
        return halves;
    }

    /** Concatenates the halves. */
    public NDArray concatenate(List<NDArray> halves) {
        return count == 1 ? halves.get(0) : NDArrays.concat(new NDList(halves));
    }
}
