package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.inversion.InvertedReferences;
import org.atelier.diffusion.prediction.NoisePredictor;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.diffusion.sampling.FiniteCheck;
import org.atelier.diffusion.window.View;
import org.atelier.diffusion.window.WindowSums;

/**
 * Denoises a set step-synchronously. At each step the references run through the network once while their features are
 * recorded, then the other images run in chunks, and every image takes a solver step. Memory is that of one chunk for
 * any number of images, and no image depends on its chunk. An image that is divided into windows takes the step with the
 * average of the predictions for its windows: for a solver that is linear in the prediction, as all are, this equals
 * averaging the windows after a step of each, with one history per image instead of one per window.
 */
public final class SetDenoiser {

    private final SetImages images;
    private final ChunkPredictor predictor;
    private final StyleSharing sharing;
    private final FiniteCheck finite;
    private final DenoisingProgress progress;
    private final Checkpoint checkpoint;

    /**
     * @param images at least one, with their views
     * @param predictor with guidance
     * @param finite checks the latents after each step
     * @param checkpoint provides the first step, and is notified of every step and of halved chunks
     */
    public SetDenoiser(
            SetImages images,
            NoisePredictor predictor,
            StyleSharing sharing,
            FiniteCheck finite,
            DenoisingProgress progress,
            Checkpoint checkpoint) {
        this.images = images;
        this.predictor = new ChunkPredictor(predictor, images);
        this.sharing = sharing;
        this.finite = finite;
        this.progress = progress;
        this.checkpoint = checkpoint;
    }

    /**
     * Denoises images that do not depend on each other.
     *
     * @param chunkSize maximum number of views that run through the network in one batch
     * @return the latents of each image, (1, channel, height, width)
     */
    public List<NDArray> denoiseIndependently(int chunkSize) {
        return denoise(new ChunkBuilder(chunkSize).chunks(images.views()), sharing.withinChunks());
    }

    /** Denoises images that all depend on each other, in one batch. */
    public List<NDArray> denoiseJointly() {
        return denoiseIndependently(images.views().size());
    }

    /** Denoises images that all depend on each other and on given references, in one batch. */
    public List<NDArray> denoiseJointlyWith(InvertedReferences references) {
        return denoise(List.of(new Chunk(images.views(), references)), sharing.withinChunks());
    }

    /**
     * Denoises a set whose first image is the reference of the others.
     *
     * @throws AtelierException INVALID_REQUEST if another image has an earlier first step
     */
    public List<NDArray> denoiseFollowingFirst(int chunkSize) {
        requireFirstToStart();
        ChunkBuilder builder = new ChunkBuilder(chunkSize);
        List<EncodedView> first = images.viewsOfFirst();
        List<EncodedView> others = images.viewsOfOthers();
        if (others.isEmpty()) {
            return denoise(builder.chunks(first), sharing.none());
        }
        if (first.size() > 1) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The first image is the style reference of the others, so it must not be larger than one window, and has no regions.");
        }
        List<Chunk> chunks = Stream.concat(Stream.of(new Chunk(first)), builder.chunks(others).stream())
                .toList();
        return denoise(chunks, sharing.withFirst(first.get(0), others));
    }

    private void requireFirstToStart() {
        int first = images.latents().of(0).firstStep();
        int earliest = images.latents().firstStep();
        if (first > earliest) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The first image is the style reference of the others, so it must start first; it starts at step %d, but another image at step %d."
                            .formatted(first, earliest));
        }
    }

    /** Denoises images with given references. */
    public List<NDArray> denoiseFollowing(InvertedReferences references, int chunkSize) {
        return denoise(
                new ChunkBuilder(chunkSize).chunks(images.views()), sharing.withReferences(references, images.views()));
    }

    private List<NDArray> denoise(List<Chunk> initialChunks, SetAttention attention) {
        Chunks chunks = new Chunks(initialChunks, progress, checkpoint);
        SetLatents latents = images.latents();
        int steps = latents.steps();
        for (int step = begin(); step < steps; step++) {
            try (NDManager memory = latents.newSubManager()) {
                takeStep(chunks, latents.at(step), attention, memory);
            }
            int done = step + 1;
            checkpoint.stepCompleted(done, steps, () -> images.state(done));
        }
        return latents.current();
    }

    /** @return the first step to take, counted from 0 */
    private int begin() {
        return checkpoint
                .last()
                .map(state -> {
                    images.continueFrom(state);
                    progress.resumedAt(state.done());
                    return state.done();
                })
                .orElse(images.latents().firstStep());
    }

    /**
     * Takes a step of the set: runs the chunks through the network one after another; an image takes its own step once all
     * its views have run.
     *
     * @param memory stays open as long as the step
     */
    private void takeStep(Chunks chunks, DenoisingStep step, SetAttention attention, NDManager memory) {
        ChunkAttention attentionAtStep = attention.at(step, memory);
        WindowSums sums =
                new WindowSums(images.views().stream().map(EncodedView::view).toList(), memory);
        chunks.forEach(step.index(), chunk -> {
            if (!images.latents().of(chunk.images().get(0)).takes(step.index())) {
                return;
            }
            progress.throwIfCancelled(step.index());
            try (NDManager passMemory = memory.newSubManager()) {
                List<NDArray> predictions = predictor.predict(chunk, step, attentionAtStep, passMemory);
                for (int i = 0; i < predictions.size(); i++) {
                    View view = chunk.views().get(i).view();
                    sums.add(
                            view,
                            predictions.get(i),
                            images.latents().of(view.image()).latents(),
                            prediction -> takeStep(view.image(), step.index(), prediction));
                }
            }
            progress.advance(chunk.views().size());
        });
    }

    /** Takes a step of one image. */
    private void takeStep(int image, int step, NDArray prediction) {
        SetLatents latents = images.latents();
        try (NDArray original = latents.advance(image, step, prediction)) {
            finite.requireStep(latents.of(image).latents(), prediction, image, step, latents.steps());
            progress.preview(image, step, original);
        }
    }
}
