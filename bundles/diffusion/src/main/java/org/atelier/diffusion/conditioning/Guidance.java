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
 * @param unconditional conditioning of the unconditional half, for one image
 */
public record Guidance(double scale, Conditioning unconditional) {

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
        return unconditionalHalf.add(halves.get(1).sub(unconditionalHalf).mul(scale));
    }
}
