package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.sampling.DenoisingState;
import org.atelier.diffusion.sampling.ImageNoise;
import org.atelier.diffusion.sampling.StartLatents;

/** The latents of the images of a set that are generated, by their index in the set. */
final class SetLatents {

    private final Solver solver;
    private final boolean endsInPrediction;
    private final NDManager manager;
    private final SortedMap<Integer, ImageLatents> images = new TreeMap<>();

    /**
     * @param endsInPrediction whether the result of an image is the predicted clean latents of its last step instead of
     *     the latents after it
     * @param manager owns the latents
     */
    SetLatents(Solver solver, boolean endsInPrediction, NDManager manager) {
        this.solver = solver;
        this.endsInPrediction = endsInPrediction;
        this.manager = manager;
    }

    /**
     * @param index of the image in the set
     * @param noise of the image; its next array is the initial noise
     */
    void add(int index, ImageNoise noise, Optional<StartLatents> start) {
        images.put(index, ImageLatents.begin(solver, noise, start, manager));
    }

    /** The largest index. */
    int last() {
        return images.lastKey();
    }

    /** Memory for one step. */
    NDManager newSubManager() {
        return manager.newSubManager();
    }

    /** The number of images. */
    int count() {
        return images.size();
    }

    /** The latents of one image. */
    ImageLatents of(int image) {
        return images.get(image);
    }

    /** The current latents of every image in the order of the indices, (1, channel, height, width). */
    List<NDArray> current() {
        return images.values().stream().map(ImageLatents::latents).toList();
    }

    /** The number of steps. */
    int steps() {
        return solver.steps();
    }

    /** @param step counted from 0 */
    DenoisingStep at(int step) {
        return new DenoisingStep(
                step, solver.steps(), solver.timestep(step), solver.level(step).noiseToSignalRatio());
    }

    /**
     * Takes a solver step of one image, and puts the kept part of its picture back.
     *
     * @param step counted from 0
     * @param modelOutput (1, channel, height, width), after guidance
     * @return the predicted clean latents; the caller closes them
     */
    NDArray advance(int image, int step, NDArray modelOutput) {
        NDArray original = of(image).advance(step, modelOutput);
        if (endsInPrediction && step == solver.steps() - 1) {
            of(image).finish(original);
        }
        return original;
    }

    /** The smallest first step of any image. */
    int firstStep() {
        return images.values().stream().mapToInt(ImageLatents::firstStep).min().orElse(0);
    }

    /** The state of each image, copied to the Java heap. */
    List<DenoisingState.Image> state() {
        return images.values().stream().map(ImageLatents::state).toList();
    }

    /**
     * Restores every image.
     *
     * @throws AtelierException INPUT_UNREADABLE if the state does not fit these images
     */
    void continueFrom(DenoisingState state) {
        if (!fits(state)) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE,
                    "The checkpoint belongs to another set; delete it to restart this set from noise.");
        }
        Iterator<DenoisingState.Image> states = state.images().iterator();
        images.values().forEach(image -> image.continueFrom(states.next()));
    }

    private boolean fits(DenoisingState state) {
        if (state.done() < 1 || state.done() > solver.steps() || state.images().size() != count()) {
            return false;
        }
        Iterator<DenoisingState.Image> states = state.images().iterator();
        return images.values().stream().allMatch(image -> image.fits(states.next()));
    }
}
