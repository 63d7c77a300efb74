package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;

/** One image on its way from noise: its latents, what its last step left to the next, and its noise. */
final class ImageLatents {

    private final Solver solver;
    private final int firstStep;
    private final ImageNoise noise;
    private final NDManager manager;
    private NDArray latents;
    private List<NDArray> history = List.of();

    private ImageLatents(Solver solver, int firstStep, NDArray latents, ImageNoise noise, NDManager manager) {
        this.solver = solver;
        this.firstStep = firstStep;
        this.noise = noise;
        this.manager = manager;
        this.latents = latents;
        latents.attach(manager);
    }

    /**
     * Begins at noise, or at given latents.
     *
     * @param noise from which no array was taken
     * @param manager that the latents belong to
     * @throws AtelierException INVALID_REQUEST for latents of another shape and a step that there is not
     */
    static ImageLatents begin(Solver solver, ImageNoise noise, Optional<StartLatents> start, NDManager manager) {
        try (NDArray first = noise.next()) {
            if (start.isEmpty()) {
                return new ImageLatents(solver, 0, first.mul(solver.initialScale()), noise, manager);
            }
            requireFitting(solver, start.get(), first);
            int step = start.get().step();
            NDArray given =
                    StackedLatents.unstack(start.get().latents(), manager).get(0);
            NDArray latents = start.get().clean() ? noised(solver, given, first, step) : given;
            return new ImageLatents(solver, step, latents, noise, manager);
        }
    }

    private static void requireFitting(Solver solver, StartLatents start, NDArray noise) {
        List<Long> shape = start.latents().shape();
        if (!StackedLatents.fit(noise, start.latents()) || shape.get(0) != 1) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The latents that an image begins with have the shape %s, and its size asks for %s."
                            .formatted(shape, noise.getShape()));
        }
        if (start.step() >= solver.steps()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "An image cannot begin at step %d of a set of %d: begin at 0 to %d."
                            .formatted(start.step(), solver.steps(), solver.steps() - 1));
        }
    }

    private static NDArray noised(Solver solver, NDArray clean, NDArray noise, int step) {
        try (clean;
                NDScope intermediates = new NDScope()) {
            intermediates.suppressNotUsedWarning();
            NDArray noised = solver.addNoise(clean, noise, step);
            NDScope.unregister(noised);
            return noised;
        }
    }

    /** Whether the image takes part in a step. */
    boolean takes(int step) {
        return step >= firstStep;
    }

    int firstStep() {
        return firstStep;
    }

    /** (1, channel, height, width), float32. */
    NDArray latents() {
        return latents;
    }

    /** What the network is shown of the image, in {@code memory}. */
    NDArray scaled(int step, NDManager memory) {
        NDArray own = latents.duplicate();
        own.attach(memory);
        return solver.scaleModelInput(own, step);
    }

    /**
     * Takes a step.
     *
     * @param modelOutput what the network predicted, after guidance
     * @return the clean latents as they seem at this step, to be closed by the caller
     */
    NDArray advance(int step, NDArray modelOutput) {
        NDArray before = latents;
        List<NDArray> historyBefore = history;
        try (NDScope intermediates = new NDScope()) {
            intermediates.suppressNotUsedWarning();
            StepResult made = solver.step(new StepInput(step, before, modelOutput, historyBefore, noise));
            Set<NDArray> taken = Collections.newSetFromMap(new IdentityHashMap<>());
            taken.add(before);
            taken.add(modelOutput);
            taken.addAll(historyBefore);
            NDArray original = owned(made.original(), taken);
            latents = owned(made.latents(), taken);
            history = made.history().stream().map(array -> owned(array, taken)).toList();
            before.close();
            historyBefore.forEach(NDArray::close);
            return original;
        }
    }

    /** The array itself, or a copy of one that somebody else closes; outlives the step. */
    private NDArray owned(NDArray array, Set<NDArray> taken) {
        NDArray own = taken.add(array) ? array : array.duplicate();
        NDScope.unregister(own);
        own.attach(manager);
        return own;
    }

    /** All that its later steps depend on; copied to Java's memory. */
    DenoisingState.Image state() {
        List<NDArray> arrays = new ArrayList<>(List.of(latents));
        arrays.addAll(history);
        return new DenoisingState.Image(StackedLatents.of(arrays), noise.arraysTaken());
    }

    /** Whether that is a state of such an image. */
    boolean isLike(DenoisingState.Image state) {
        return StackedLatents.fit(latents, state.arrays()) && state.noiseArrays() >= 0;
    }

    /** Goes on from a state that is {@linkplain #isLike like} its own. */
    void continueFrom(DenoisingState.Image state) {
        latents.close();
        history.forEach(NDArray::close);
        List<NDArray> arrays = StackedLatents.unstack(state.arrays(), manager);
        latents = arrays.get(0);
        history = List.copyOf(arrays.subList(1, arrays.size()));
        noise.continueAfter(state.noiseArrays());
    }
}
