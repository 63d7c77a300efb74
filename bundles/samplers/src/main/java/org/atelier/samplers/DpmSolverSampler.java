package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * DPM-Solver++(2M), the multistep solver of second order for the clean latents: Lu et al. 2022, algorithm 2. The order
 * and type in the model's configuration are ignored.
 */
@Designate(ocd = DpmSolverOptions.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=dpm++2m")
public final class DpmSolverSampler implements Sampler {

    private final ScheduleOptions schedule;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public DpmSolverSampler(DpmSolverOptions options) {
        this.schedule = new ScheduleOptions(options.spacing(), options.sigmas());
    }

    @Override
    public Solver solver(NoiseSchedule noise, int steps) {
        return new DpmSolver(noise, schedule, steps, 0);
    }
}
