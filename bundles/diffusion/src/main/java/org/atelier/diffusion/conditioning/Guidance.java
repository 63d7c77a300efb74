package org.atelier.diffusion.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Classifier-free guidance: away from what the network makes of nothing, towards what it makes of the words. Ho and
 * Salimans 2022.
 *
 * @param scale how far; 1 and below is none
 * @param nothing the condition of the unconditional half
 */
public record Guidance(double scale, Conditioning nothing) {

    /** How a pass falls into halves. */
    public GuidanceHalves halves() {
        return GuidanceHalves.at(scale);
    }

    /** The conditions of a pass: those of the unconditional half, where there is one, then these. */
    public Conditioning conditions(List<Conditioning> own, NDManager manager) {
        List<Conditioning> rows = new ArrayList<>();
        if (halves() == GuidanceHalves.TWO) {
            // The network is told the same sizes with words and without.
            own.forEach(each -> rows.add(new Conditioning(nothing.words(), nothing.pooled(), each.sizes())));
        }
        rows.addAll(own);
        return Conditioning.joined(rows, manager);
    }

    /** The latents of a pass: as many times as it has halves, in {@code manager}. */
    public NDArray latents(List<NDArray> own, NDManager manager) {
        NDList rows = new NDList();
        for (int half = 0; half < halves().count(); half++) {
            rows.addAll(own);
        }
        NDArray joined = NDArrays.concat(rows);
        joined.attach(manager);
        return joined;
    }

    /** What a pass's prediction comes to, (image, channel, height, width), without halves. */
    public NDArray guided(NDArray prediction) {
        List<NDArray> apart = halves().apart(prediction);
        if (apart.size() == 1) {
            return prediction;
        }
        NDArray unconditional = apart.get(0);
        return unconditional.add(apart.get(1).sub(unconditional).mul(scale));
    }
}
