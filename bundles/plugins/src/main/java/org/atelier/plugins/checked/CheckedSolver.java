package org.atelier.plugins.checked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;

/** A solver whose faults name its sampler and the step. */
record CheckedSolver(PluginCalls calls, Solver solver) implements Solver {

    @Override
    public int steps() {
        return calls.call("steps()", solver::steps);
    }

    @Override
    public double timestep(int step) {
        return calls.call("timestep(%d)".formatted(step), () -> solver.timestep(step));
    }

    @Override
    public NoiseLevel level(int step) {
        return calls.call("level(%d)".formatted(step), () -> solver.level(step));
    }

    @Override
    public double initialScale() {
        return calls.call("initialScale()", solver::initialScale);
    }

    @Override
    public NDArray scaleModelInput(NDArray latents, int step) {
        String method = "scaleModelInput(%d)".formatted(step);
        Shape shape = latents.getShape();
        NDArray scaled = calls.call(method, () -> solver.scaleModelInput(latents, step));
        calls.requireShape(scaled, shape, method);
        return scaled;
    }

    @Override
    public NDArray addNoise(NDArray clean, NDArray noise, int step) {
        String method = "addNoise(%d)".formatted(step);
        Shape shape = clean.getShape();
        NDArray noisy = calls.call(method, () -> solver.addNoise(clean, noise, step));
        calls.requireShape(noisy, shape, method);
        return noisy;
    }

    @Override
    public Solver startingAt(int step) {
        return new CheckedSolver(calls, calls.call("startingAt(%d)".formatted(step), () -> solver.startingAt(step)));
    }

    @Override
    public StepResult step(StepInput input) {
        String method = "step(%d)".formatted(input.step());
        Shape shape = input.latents().getShape();
        StepResult result = calls.call(method, () -> solver.step(input));
        calls.requireShape(result.latents(), shape, method);
        calls.requireShape(result.original(), shape, method);
        result.history().forEach(array -> calls.requireShape(array, shape, method));
        return result;
    }
}
