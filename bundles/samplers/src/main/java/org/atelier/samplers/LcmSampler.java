package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** LCM, multistep consistency sampling: Luo et al. 2023, algorithm 3. For latent consistency models. */
@Designate(ocd = LcmOptions.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=lcm")
public final class LcmSampler implements Sampler {

    private final String timesteps;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public LcmSampler(LcmOptions options) {
        this.timesteps = options.timesteps();
    }

    @Override
    public Solver solver(NoiseSchedule schedule, int steps) {
        int[] chosen = timesteps.isBlank()
                ? DistillationTimesteps.of(schedule, steps)
                : DistillationTimesteps.parsed(timesteps, schedule, steps);
        return new LcmSolver(schedule, chosen);
    }
}
