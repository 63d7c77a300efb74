package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Component;

/**
 * DPM-Solver++(2M), the multistep solver of second order for the clean latents: Lu et al. 2022, algorithm 2. The order
 * and type in the model's configuration are ignored.
 */
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=dpm++2m")
public final class DpmSolverSampler implements Sampler {

    @Override
    public Solver solver(NoiseSchedule schedule, int steps) {
        return new DpmSolver(schedule, steps);
    }
}
