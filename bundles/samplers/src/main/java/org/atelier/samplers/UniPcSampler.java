package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * UniPC of second order with {@code B(h) = e^h - 1} for the clean latents: Zhao et al. 2023, section 3. The order and
 * type in the model's configuration are ignored.
 */
@Designate(ocd = UniPcOptions.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=unipc")
public final class UniPcSampler implements Sampler {

    private final ScheduleOptions schedule;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public UniPcSampler(UniPcOptions options) {
        this.schedule = new ScheduleOptions(options.spacing(), options.sigmas());
    }

    @Override
    public Solver solver(NoiseSchedule noise, int steps) {
        return new UniPcSolver(noise, schedule, steps);
    }
}
