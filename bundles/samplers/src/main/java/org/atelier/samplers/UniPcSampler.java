package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Component;

/**
 * UniPC of second order with {@code B(h) = e^h - 1} for the clean latents: Zhao et al. 2023, section 3. The order and
 * type in the model's configuration are ignored.
 */
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=unipc")
public final class UniPcSampler implements Sampler {

    @Override
    public Solver solver(NoiseSchedule schedule, int steps) {
        return new UniPcSolver(schedule, steps);
    }
}
