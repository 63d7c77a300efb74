package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Component;

/** Euler's method for the probability flow ODE: Karras et al. 2022, algorithm 1 without its correction. */
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=euler")
public final class EulerSampler implements Sampler {

    @Override
    public Solver solver(NoiseSchedule schedule, int steps) {
        return new EulerSolver(schedule, steps);
    }
}
