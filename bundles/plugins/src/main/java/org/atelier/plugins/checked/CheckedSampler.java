package org.atelier.plugins.checked;

import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;

/** A sampler whose faults name it. */
public record CheckedSampler(PluginCalls calls, Sampler sampler) implements Sampler {

    @Override
    public Solver solver(NoiseSchedule schedule, int steps) {
        String method = "solver(%d steps)".formatted(steps);
        Solver solver = calls.call(method, () -> sampler.solver(schedule, steps));
        int made = calls.call("steps()", solver::steps);
        calls.require(made >= 1, method, "a solver of %d steps".formatted(made));
        return new CheckedSolver(calls, solver);
    }
}
