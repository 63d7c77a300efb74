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
     * The conditioning of a pass: that of the unconditional half, where there is one, then this. The network is given
     * the same sizes in both.
     *
     * @param conditional of the pass's images
     * @return in {@code manager} where there are two halves
     */
    public Conditioning conditionings(Conditioning conditional, NDManager manager) {
        if (halves() == GuidanceHalves.ONE) {
            return conditional;
        }
        int images = (int) conditional.textEmbeddings().getShape().get(0);
        return new Conditioning(
                both(images, unconditional.textEmbeddings(), conditional.textEmbeddings(), manager),
                conditional.added().map(own -> {
                    NDArray pooled = unconditional.added().orElseThrow().pooledTextEmbeddings();
                    return new Conditioning.Added(
                            both(images, pooled, own.pooledTextEmbeddings(), manager),
                            both(1, own.timeIds(), own.timeIds(), manager));
                }));
    }

    /** The first so many times, then the second, in {@code manager}. */
    private static NDArray both(int times, NDArray first, NDArray second, NDManager manager) {
        NDList rows = new NDList(Collections.nCopies(times, first));
        rows.add(second);
        NDArray both = NDArrays.concat(rows);
        both.attach(manager);
        return both;
    }

    /** What a pass's prediction comes to, (image, channel, height, width), without halves. */
    public NDArray guided(NDArray prediction) {
        List<NDArray> halves = halves().split(prediction);
        if (halves.size() == 1) {
            return prediction;
        }
        NDArray unconditionalHalf = halves.get(0);
        return unconditionalHalf.add(halves.get(1).sub(unconditionalHalf).mul(scale));
    }
}
