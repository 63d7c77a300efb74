package org.atelier.diffusion.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.List;

/**
 * Classifier-free guidance: away from what the network makes of no prompt, towards what it makes of the prompt. Ho and
 * Salimans 2022.
 *
 * @param scale how far; 1 and below is none
 * @param unconditional the conditioning of the unconditional half, of one image
 */
public record Guidance(double scale, Conditioning unconditional) {

    /** How a pass falls into halves. */
    public GuidanceHalves halves() {
        return GuidanceHalves.at(scale);
    }

    /**
     * The latents of a pass: as many times as it has halves.
     *
     * @param latents of its images, (image, channel, height, width)
     * @return (half · image, channel, height, width), in {@code manager} where there are two halves
     */
    public NDArray latents(NDArray latents, NDManager manager) {
        if (halves() == GuidanceHalves.ONE) {
            return latents;
        }
        NDArray both = NDArrays.concat(new NDList(latents, latents));
        both.attach(manager);
        return both;
    }

    /**
     * The conditioning of a pass: that of the unconditional half, where there is one, then this. The network is told
     * the same sizes in both.
     *
     * @param conditional of the pass's images
     * @return in {@code manager} where there are two halves
     */
    public Conditioning conditionings(Conditioning conditional, NDManager manager) {
        if (halves() == GuidanceHalves.ONE) {
            return conditional;
        }
        int images = (int) conditional.words().getShape().get(0);
        NDList words = new NDList(Collections.nCopies(images, unconditional.words()));
        NDList pooled = new NDList(Collections.nCopies(images, unconditional.pooled()));
        words.add(conditional.words());
        pooled.add(conditional.pooled());
        Conditioning both = new Conditioning(
                NDArrays.concat(words),
                NDArrays.concat(pooled),
                NDArrays.concat(new NDList(conditional.sizes(), conditional.sizes())));
        return both.map(part -> {
            part.attach(manager);
            return part;
        });
    }

    /** What a pass's prediction comes to, (image, channel, height, width), without halves. */
    public NDArray guided(NDArray prediction) {
        List<NDArray> halves = halves().apart(prediction);
        if (halves.size() == 1) {
            return prediction;
        }
        NDArray unconditionalHalf = halves.get(0);
        return unconditionalHalf.add(halves.get(1).sub(unconditionalHalf).mul(scale));
    }
}
