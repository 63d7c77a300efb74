package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Ancestral sampling with Euler's method, as in k-diffusion and diffusers. */
@Designate(ocd = EulerAncestralOptions.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=euler-ancestral")
public final class EulerAncestralSampler implements Sampler {

    private final ScheduleOptions schedule;
    private final double eta;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public EulerAncestralSampler(EulerAncestralOptions options) {
        // diffusers has no other noise levels here, whatever the model configures.
        this.schedule = new ScheduleOptions(options.spacing(), "timesteps");
        this.eta = options.eta();
    }

    @Override
    public Solver solver(NoiseSchedule noise, int steps) {
        return new EulerAncestralSolver(noise, schedule, steps, eta);
    }
}
