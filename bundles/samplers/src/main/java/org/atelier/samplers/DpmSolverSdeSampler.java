package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * DPM-Solver++(2M) for the diffusion SDE: Lu et al. 2022, DPM-Solver++, appendix on stochastic sampling. The order and type in the
 * model's configuration are ignored.
 */
@Designate(ocd = DpmSolverSdeOptions.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=dpm++2m-sde")
public final class DpmSolverSdeSampler implements Sampler {

    private final ScheduleOptions schedule;
    private final double eta;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public DpmSolverSdeSampler(DpmSolverSdeOptions options) {
        this.schedule = new ScheduleOptions(options.spacing(), options.sigmas());
        this.eta = options.eta();
    }

    @Override
    public Solver solver(NoiseSchedule noise, int steps) {
        return new DpmSolver(noise, schedule, steps, eta);
    }
}
