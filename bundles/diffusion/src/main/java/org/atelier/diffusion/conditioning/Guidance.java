package org.atelier.diffusion.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.List;

/**
 * Classifier-free guidance (CFG): moves the prediction from the unconditional towards the conditional one. Ho and
 * Salimans 2022.
 *
 * @param scale guidance scale; 1 and below disables guidance
 * @param rescale how far the guided prediction is rescaled to the standard deviation of the conditional one, 0 to 1: Lin
 *     et al. 2024, section 3.4
 * @param unconditional conditioning of the unconditional half, for one image
 */
public record Guidance(double scale, double rescale, Conditioning unconditional) {

    /** Guidance that is not rescaled. */
    public Guidance(double scale, Conditioning unconditional) {
        this(scale, 0, unconditional);
    }

    /** The halves of a batch: one without guidance, two with it. */
    public GuidanceHalves halves() {
        return GuidanceHalves.at(scale);
    }

    /**
     * Repeats the latents once for each half.
     *
     * @param latents (image, channel, height, width)
     * @return (half · image, channel, height, width), owned by {@code manager} if there are two halves
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
     * The conditioning of a batch: the unconditional half, if any, then the conditional one. Both have the same time
     * ids.
     *
     * @param conditional conditioning of the images
     * @return owned by {@code manager} if there are two halves
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

    /** Concatenates {@code times} copies of the first array and the second one; owned by {@code manager}. */
    private static NDArray both(int times, NDArray first, NDArray second, NDManager manager) {
        NDList rows = new NDList(Collections.nCopies(times, first));
        rows.add(second);
        NDArray both = NDArrays.concat(rows);
        both.attach(manager);
        return both;
    }

    /** Combines the halves of a prediction to the guided one, (image, channel, height, width). */
    public NDArray guided(NDArray prediction) {
        List<NDArray> halves = halves().split(prediction);
        if (halves.size() == 1) {
            return prediction;
        }
        NDArray unconditionalHalf = halves.get(0);
        NDArray guided =
                unconditionalHalf.add(halves.get(1).sub(unconditionalHalf).mul(scale));
        return rescale == 0 ? guided : rescaled(guided, halves.get(1));
    }

    /** Equations 15 and 16. */
    private NDArray rescaled(NDArray guided, NDArray conditional) {
        NDArray ratio = deviation(conditional).div(deviation(guided));
        return guided.mul(ratio.mul(rescale).add(1 - rescale));
    }

    /** The unbiased standard deviation of each image, (image, 1, 1, 1). */
    private static NDArray deviation(NDArray images) {
        long rows = images.getShape().get(0);
        long values = images.size() / rows;
        int[] axis = {1};
        NDArray flat = images.reshape(rows, values);
        NDArray centred = flat.sub(flat.mean(axis, true));
        return centred.mul(centred).sum(axis, true).div(values - 1).sqrt().reshape(rows, 1, 1, 1);
    }
}
