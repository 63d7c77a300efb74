package org.atelier.diffusion.window;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/** The ends of an image whose right end continues at its left end: each is decoded together with some of the other. */
public final class CircularEnds {

    /** Columns of latents that are added at each end, as in diffusers' StableDiffusionPanoramaPipeline. */
    private static final long PADDING = 8;

    private CircularEnds() {}

    /**
     * Adds columns of the opposite end to each end.
     *
     * @param latents (…, height, width)
     */
    public static NDArray padded(NDArray latents) {
        long columns = columns(latents);
        long padding = Math.min(PADDING, columns);
        NDArray right = latents.get("..., " + (columns - padding) + ":" + columns);
        NDArray left = latents.get("..., 0:" + padding);
        return NDArrays.concat(
                new NDList(right, latents, left), latents.getShape().dimension() - 1);
    }

    /**
     * Removes the added columns.
     *
     * @param decoded (…, height, width), in pixels
     * @param width of the image, in pixels
     */
    public static NDArray cropped(NDArray decoded, long width) {
        long padding = (columns(decoded) - width) / 2;
        return decoded.get("..., " + padding + ":" + (padding + width));
    }

    private static long columns(NDArray array) {
        return array.getShape().get(array.getShape().dimension() - 1);
    }
}
