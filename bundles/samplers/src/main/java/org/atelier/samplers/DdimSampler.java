package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** DDIM: Song et al. 2021, equation 12; with added noise, equation 16. */
@Designate(ocd = DdimOptions.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=ddim")
public final class DdimSampler implements Sampler {

    private final ScheduleOptions schedule;
    private final double eta;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public DdimSampler(DdimOptions options) {
        this.schedule = new ScheduleOptions(options.spacing(), ScheduleOptions.MODEL);
        this.eta = options.eta();
    }

    @Override
    public Solver solver(NoiseSchedule noise, int steps) {
        return new DdimSolver(noise, schedule, steps, eta);
    }
}
