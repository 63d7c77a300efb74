package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.diffusion.sampling.DenoisingState;
import org.atelier.diffusion.sampling.ImageNoise;
import org.atelier.diffusion.sampling.StackedLatents;
import org.atelier.diffusion.sampling.StartLatents;

/** The state of one image during denoising: its latents, the history of a multistep solver, and its noise. */
final class ImageLatents {

    private final Solver solver;
    private final int firstStep;
    private final ImageNoise noise;
    private final Optional<KeptLatents> kept;
    private final NDManager manager;
    private NDArray latents;
    private List<NDArray> history = List.of();

    private ImageLatents(
            Solver solver,
            int firstStep,
            NDArray latents,
            Optional<KeptLatents> kept,
            ImageNoise noise,
            NDManager manager) {
        this.solver = solver;
        this.firstStep = firstStep;
        this.kept = kept;
        this.noise = noise;
        this.manager = manager;
        this.latents = latents;
        latents.attach(manager);
    }

    /**
     * Starts from noise or from given latents.
     *
     * @param noise its next array is the initial noise
     * @param manager owns the latents
     * @throws AtelierException INVALID_REQUEST if the latents have another shape or the step does not exist
     */
    static ImageLatents begin(Solver solver, ImageNoise noise, Optional<StartLatents> start, NDManager manager) {
        try (NDArray first = noise.next()) {
            if (start.isEmpty()) {
                return new ImageLatents(solver, 0, first.mul(solver.initialScale()), Optional.empty(), noise, manager);
            }
            requireCompatible(solver, start.get(), first);
            int step = start.get().step();
            NDArray given =
                    StackedLatents.unstack(start.get().latents(), manager).get(0);
            if (start.get().mask() != null) {
                return masked(solver, start.get(), given, first, noise, manager);
            }
            NDArray latents = start.get().clean() ? noised(solver, given, first, step) : given;
            if (latents != given) {
                given.close();
            }
            return new ImageLatents(solver, step, latents, Optional.empty(), noise, manager);
        }
    }

    private static ImageLatents masked(
            Solver solver, StartLatents start, NDArray clean, NDArray first, ImageNoise noise, NDManager manager) {
        NDArray initialNoise = first.duplicate();
        initialNoise.attach(manager);
        NDArray mask = StackedLatents.unstack(start.mask(), manager).get(0);
        KeptLatents kept = new KeptLatents(solver, clean, initialNoise, mask);
        // diffusers ignores the picture at full strength, also with a sampler whose first level is not pure noise.
        NDArray latents =
                start.step() == 0 ? first.mul(solver.initialScale()) : noised(solver, clean, first, start.step());
        return new ImageLatents(solver, start.step(), latents, Optional.of(kept), noise, manager);
    }

    private static void requireCompatible(Solver solver, StartLatents start, NDArray noise) {
        List<Long> shape = start.latents().shape();
        if (!StackedLatents.fit(noise, start.latents()) || shape.get(0) != 1) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The initial latents of an image have the shape %s; its size requires %s."
                            .formatted(shape, noise.getShape()));
        }
        if (start.step() >= solver.steps()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The first step of an image is %d, but the set has %d steps; use 0 to %d."
                            .formatted(start.step(), solver.steps(), solver.steps() - 1));
        }
    }

    private static NDArray noised(Solver solver, NDArray clean, NDArray noise, int step) {
        try (NDScope intermediates = new NDScope()) {
            intermediates.suppressNotUsedWarning();
            NDArray noised = solver.addNoise(clean, noise, step);
            NDScope.unregister(noised);
            return noised;
        }
    }

    /** Whether this step is not before the first step of the image. */
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

    /**
     * The scaled model input, owned by {@code memory}.
     *
     * @param part returns what runs through the network of the latents
     */
    NDArray scaled(int step, UnaryOperator<NDArray> part, NDManager memory) {
        NDArray own = latents.duplicate();
        own.attach(memory);
        return solver.scaleModelInput(part.apply(own), step);
    }

    /**
     * Takes a step.
     *
     * @param modelOutput (1, channel, height, width), after guidance
     * @return the predicted clean latents, shaped as the model output; the caller closes them
     */
    NDArray advance(int step, NDArray modelOutput) {
        NDArray before = latents;
        List<NDArray> historyBefore = history;
        try (NDScope intermediates = new NDScope()) {
            intermediates.suppressNotUsedWarning();
            StepResult result = solver.step(new StepInput(step, before, modelOutput, historyBefore, noise));
            Set<NDArray> ownedElsewhere = Collections.newSetFromMap(new IdentityHashMap<>());
            ownedElsewhere.add(before);
            ownedElsewhere.add(modelOutput);
            ownedElsewhere.addAll(historyBefore);
            NDArray original = owned(result.original(), ownedElsewhere);
            latents = owned(
                    kept.map(part -> part.into(result.latents(), step + 1)).orElse(result.latents()), ownedElsewhere);
            history = result.history().stream()
                    .map(array -> owned(array, ownedElsewhere))
                    .toList();
            before.close();
            historyBefore.forEach(NDArray::close);
            return original;
        }
    }

    /** Replaces the latents after the last step by the predicted clean latents, which the caller closes. */
    void finish(NDArray original) {
        NDArray result = original.duplicate();
        result.attach(manager);
        latents.close();
        latents = result;
    }

    /** Returns the array itself, or a copy if another owner closes it; the result stays open after the step. */
    private NDArray owned(NDArray array, Set<NDArray> ownedElsewhere) {
        NDArray own = ownedElsewhere.add(array) ? array : array.duplicate();
        NDScope.unregister(own);
        own.attach(manager);
        return own;
    }

    /** Everything that the remaining steps depend on, copied to the Java heap. */
    DenoisingState.Image state() {
        List<NDArray> arrays = new ArrayList<>(List.of(latents));
        arrays.addAll(history);
        return new DenoisingState.Image(StackedLatents.of(arrays), noise.arraysTaken());
    }

    /** Whether a state fits this image. */
    boolean fits(DenoisingState.Image state) {
        return StackedLatents.fit(latents, state.arrays()) && state.noiseArrays() >= 0;
    }

    /** Continues from a state that {@linkplain #fits fits}. */
    void continueFrom(DenoisingState.Image state) {
        latents.close();
        history.forEach(NDArray::close);
        List<NDArray> arrays = StackedLatents.unstack(state.arrays(), manager);
        latents = arrays.get(0);
        history = List.copyOf(arrays.subList(1, arrays.size()));
        noise.continueAfter(state.noiseArrays());
    }
}
