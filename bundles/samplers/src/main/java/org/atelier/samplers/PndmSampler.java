package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * PNDM without Runge-Kutta steps, also called PLMS: Liu et al. 2022. A set takes one step more than requested,
 * because the first step calls the network twice.
 */
@Designate(ocd = PndmOptions.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=pndm")
public final class PndmSampler implements Sampler {

    private final ScheduleOptions schedule;
    private final boolean combinesOutputs;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public PndmSampler(PndmOptions options) {
        this.schedule = new ScheduleOptions(options.spacing(), ScheduleOptions.MODEL);
        this.combinesOutputs = options.combine().equals(PndmOptions.OUTPUT);
    }

    @Override
    public Solver solver(NoiseSchedule noise, int steps) {
        return PndmSolver.of(noise, schedule, steps, combinesOutputs);
    }
}
