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

/** The latents of all images of a set. */
final class SetLatents {

    private final Solver solver;
    private final NDManager manager;
    private final List<ImageLatents> images = new ArrayList<>();

    /** @param manager owns the latents */
    SetLatents(Solver solver, NDManager manager) {
        this.solver = solver;
        this.manager = manager;
    }

    /** @param noise of the next image; its next array is the initial noise */
    void add(ImageNoise noise, Optional<StartLatents> start) {
        images.add(ImageLatents.begin(solver, noise, start, manager));
    }

    /** The number of images. */
    int count() {
        return images.size();
    }

    /** The latents of one image. */
    ImageLatents of(int image) {
        return images.get(image);
    }

    /** The current latents of every image, (1, channel, height, width). */
    List<NDArray> current() {
        return images.stream().map(ImageLatents::latents).toList();
    }

    /** The smallest first step of any image. */
    int firstStep() {
        return images.stream().mapToInt(ImageLatents::firstStep).min().orElse(0);
    }

    /** The state of each image, copied to the Java heap. */
    List<DenoisingState.Image> state() {
        return images.stream().map(ImageLatents::state).toList();
    }

    /**
     * Restores every image.
     *
     * @throws AtelierException INPUT_UNREADABLE if the state does not fit these images
     */
    void continueFrom(DenoisingState state) {
        boolean fits = state.done() >= 1
                && state.done() <= solver.steps()
                && state.images().size() == count()
                && IntStream.range(0, count())
                        .allMatch(image -> of(image).fits(state.images().get(image)));
        if (!fits) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE,
                    "The checkpoint belongs to another set; delete it to restart this set from noise.");
        }
        IntStream.range(0, count())
                .forEach(image -> of(image).continueFrom(state.images().get(image)));
    }
}
