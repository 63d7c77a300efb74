package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.Solver;

/** The latents of a set's images on their ways from noise. */
final class SetLatents {

    private final Solver solver;
    private final NDManager manager;
    private final List<ImageLatents> trajectories = new ArrayList<>();

    /** @param manager that they belong to */
    SetLatents(Solver solver, NDManager manager) {
        this.solver = solver;
        this.manager = manager;
    }

    /** @param noise of the next image, from which no array was taken */
    void add(ImageNoise noise, Optional<StartLatents> start) {
        trajectories.add(ImageLatents.begin(solver, noise, start, manager));
    }

    /** How many images. */
    int count() {
        return trajectories.size();
    }

    /** Of one image. */
    ImageLatents of(int image) {
        return trajectories.get(image);
    }

    /** Of every image, (1, channel, height, width). */
    List<NDArray> each() {
        return trajectories.stream().map(ImageLatents::latents).toList();
    }

    /** The first step that any image takes. */
    int firstStep() {
        return trajectories.stream().mapToInt(ImageLatents::firstStep).min().orElse(0);
    }

    /** How many steps the images take together before a step of the set. */
    int stepsBefore(int step) {
        return trajectories.stream()
                .mapToInt(each -> Math.max(0, step - each.firstStep()))
                .sum();
    }

    /** Of each image, copied to Java's memory. */
    List<DenoisingState.Image> state() {
        return trajectories.stream().map(ImageLatents::state).toList();
    }

    /**
     * Puts every image where it was.
     *
     * @throws AtelierException INPUT_UNREADABLE if that is no state of these images
     */
    void continueFrom(DenoisingState state) {
        boolean fits = state.done() >= 1
                && state.done() <= solver.steps()
                && state.images().size() == count()
                && IntStream.range(0, count())
                        .allMatch(image -> of(image).isLike(state.images().get(image)));
        if (!fits) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE,
                    "The checkpoint is of another set; remove it, and the set continues from its noise.");
        }
        IntStream.range(0, count())
                .forEach(image -> of(image).continueFrom(state.images().get(image)));
    }
}
