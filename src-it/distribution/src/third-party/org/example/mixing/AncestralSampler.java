package org.example.mixing;

import ai.djl.ndarray.NDArray;
import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.api.sampling.TimestepSpacing;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Euler's method that goes further down at each step and adds new noise: sample_euler_ancestral of k-diffusion. */
@Designate(ocd = AncestralSampler.Options.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=euler-ancestral")
public final class AncestralSampler implements Sampler {

    @ObjectClassDefinition(name = "Euler, ancestral")
    public @interface Options {

        @AttributeDefinition(description = "How much of the noise is new: 0 none, 1 as much as can be.", min = "0", max = "1")
        double eta() default 1;
    }

    private final double eta;

    @Activate
    public AncestralSampler(Options options) {
        this.eta = options.eta();
    }

    @Override
    public Solver solver(NoiseSchedule schedule, int steps) {
        double[] timesteps = TimestepSpacing.of(schedule.config(), TimestepSpacing.LINSPACE)
                .timesteps(schedule, steps, steps);
        double[] sigmas = new double[steps + 1]; // the last is 0
        for (int step = 0; step < steps; step++) {
            sigmas[step] = schedule.sigma(timesteps[step]);
        }
        return new Steps(timesteps, sigmas, schedule.prediction(), eta);
    }

    private record Steps(double[] timesteps, double[] sigmas, Prediction prediction, double eta) implements Solver {

        @Override
        public int steps() {
            return timesteps.length;
        }

        @Override
        public double timestep(int step) {
            return timesteps[step];
        }

        @Override
        public NoiseLevel level(int step) {
            return new NoiseLevel(1, sigmas[step]);
        }

        @Override
        public StepResult step(StepInput input) {
            double from = sigmas[input.step()];
            double to = sigmas[input.step() + 1];
            double up = eta * Math.min(to, to * Math.sqrt(1 - to * to / (from * from)));
            double down = Math.sqrt(to * to - up * up);
            NDArray original = prediction.original(input.latents(), input.modelOutput(), level(input.step()));
            NDArray next = original.add(input.latents().sub(original).mul(down / from));
            return new StepResult(next.add(input.noise().next().mul(up)), original);
        }
    }
}
