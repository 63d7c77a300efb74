package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Euler's method for the probability flow ODE: Karras et al. 2022, algorithm 1 without its correction. */
@Designate(ocd = EulerOptions.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=euler")
public final class EulerSampler implements Sampler {

    private final ScheduleOptions schedule;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public EulerSampler(EulerOptions options) {
        this.schedule = new ScheduleOptions(options.spacing(), options.sigmas());
    }

    @Override
    public Solver solver(NoiseSchedule noise, int steps) {
        return new EulerSolver(noise, schedule, steps);
    }
}
