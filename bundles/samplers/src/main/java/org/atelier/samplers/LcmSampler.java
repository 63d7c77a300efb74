package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Component;

/** LCM, multistep consistency sampling: Luo et al. 2023, algorithm 3. For latent consistency models. */
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=lcm")
public final class LcmSampler implements Sampler {

    @Override
    public Solver solver(NoiseSchedule schedule, int steps) {
        return new LcmSolver(schedule, steps);
    }
}
