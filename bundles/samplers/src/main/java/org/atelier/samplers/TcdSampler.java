package org.atelier.samplers;

import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** TCD, strategic stochastic sampling: Zheng et al. 2024, algorithm 2. For models distilled by TCD. */
@Designate(ocd = TcdOptions.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=tcd")
public final class TcdSampler implements Sampler {

    private final double gamma;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public TcdSampler(TcdOptions options) {
        this.gamma = options.gamma();
    }

    @Override
    public Solver solver(NoiseSchedule schedule, int steps) {
        return new TcdSolver(schedule, steps, gamma);
    }
}
