package org.atelier.diffusion.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.attention.Heads;

/** Takes a pass of classifier-free guidance apart: the unconditional images, then the conditional ones. */
public enum GuidanceHalves {
    /** Without guidance: the conditional images only. */
    ONE(1),
    /** With guidance. Ho and Salimans 2022. */
    TWO(2);

    private final int count;

    GuidanceHalves(int count) {
        this.count = count;
    }

    /** Guidance at this scale or below is none. */
    static GuidanceHalves at(double cfgScale) {
        return cfgScale > 1 ? TWO : ONE;
    }

    public int count() {
        return count;
    }

    /** The halves of (image, …), as views. */
    public List<NDArray> split(NDArray images) {
        return count == 1 ? List.of(images) : images.split(count);
    }

    /** The halves of queries, keys and values, as views. */
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

    /** The halves one after another. */
    public NDArray concatenate(List<NDArray> halves) {
        return count == 1 ? halves.get(0) : NDArrays.concat(new NDList(halves));
    }
}
