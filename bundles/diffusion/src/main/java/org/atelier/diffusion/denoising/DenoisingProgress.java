package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.function.Function;
import org.atelier.diffusion.sampling.CancellationCheck;
import org.atelier.diffusion.sampling.GenerationListener;

/** Reports the progress of a set to its listener, counted in steps of views. */
public final class DenoisingProgress {

    private final SetImages images;
    private final GenerationListener listener;
    private final Function<NDArray, BufferedImage> decoder;
    private int done;

    /** @param decoder decodes latents for previews */
    public DenoisingProgress(SetImages images, GenerationListener listener, Function<NDArray, BufferedImage> decoder) {
        this.images = images;
        this.listener = listener;
        this.decoder = decoder;
    }

    /** Stops the generation if the listener cancels it. */
    void throwIfCancelled(int step) {
        CancellationCheck.throwIf(listener, "at step " + (step + 1));
    }

    /** Reports that all steps before this one are done already. */
    void resumedAt(int step) {
        advance(stepsBefore(step));
    }

    /** @param completed the number of steps of views since the last report */
    void advance(int completed) {
        done += completed;
        listener.denoisingAdvanced(done, stepsBefore(images.latents().steps()));
    }

    /** Reports that chunks are halved since one did not fit in memory. */
    void chunksHalved(int size, int half, int step) {
        listener.noted("Not enough memory for chunks of %d images; from step %d on the chunk size is %d."
                .formatted(size, step + 1, half));
    }

    /** @param original the predicted clean latents of an image at a step, (1, channel, height, width) */
    void preview(int image, int step, NDArray original) {
        listener.previewed(image, step + 1, images.latents().steps(), () -> decoder.apply(original));
    }

    /** The number of steps of views, summed over all images, before a step of the set. */
    private int stepsBefore(int step) {
        return images.views().stream()
                .mapToInt(view ->
                        Math.max(0, step - images.latents().of(view.image()).firstStep()))
                .sum();
    }
}
