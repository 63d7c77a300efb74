package ${package};

import ai.djl.ndarray.NDArray;
import org.atelier.api.Plugins;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Euler's method at the noise levels of Karras et al. 2022; {@code rho} is the exponent of their spacing. */
@Designate(ocd = ${className}Sampler.Options.class)
@Component(factory = Sampler.FACTORY, factoryProperty = Plugins.NAME + "=${artifactId}")
public final class ${className}Sampler implements Sampler {

    /** The options, set by {@code --sampler-option rho=3}. */
    @ObjectClassDefinition(name = "${artifactId}", description = "Euler's method at the noise levels of Karras et al. 2022.")
    public @interface Options {

        @AttributeDefinition(
                name = "Rho",
                description = "The exponent of the noise levels: 1 spaces them evenly, larger values take more of"
                    + " the steps at low noise.",
                min = "1",
                max = "10")
        double rho() default 7;
    }

    private final double rho;

    /** Creates the instance for one set; types and ranges of the options have been validated. */
    @Activate
    public ${className}Sampler(Options options) {
        this(options.rho());
    }

    ${className}Sampler(double rho) {
        this.rho = rho;
    }

    /** Equation 5: {@code sigma_i = (max^(1/rho) + i / (n - 1) (min^(1/rho) - max^(1/rho)))^rho}, and {@code sigma_n = 0}. */
    @Override
    public Solver solver(NoiseSchedule schedule, int steps) {
        double max = Math.pow(schedule.sigma(schedule.trainTimesteps() - 1), 1 / rho);
        double min = Math.pow(schedule.sigma(0), 1 / rho);
        double[] sigmas = new double[steps + 1];
        for (int i = 0; i < steps; i++) {
            double share = steps == 1 ? 0 : i / (steps - 1.0);
            sigmas[i] = Math.pow(max + share * (min - max), rho);
        }
        return new EulerSolver(schedule, sigmas);
    }

    private record EulerSolver(NoiseSchedule schedule, double[] sigmas) implements Solver {

        @Override
        public int steps() {
            return sigmas.length - 1;
        }

        @Override
        public double timestep(int step) {
            return schedule.timestep(sigmas[step]);
        }

        /** The latents are {@code x = x0 + sigma eps}. */
        @Override
        public NoiseLevel level(int step) {
            return new NoiseLevel(1, sigmas[step]);
        }

        /** Algorithm 1 without its correction: {@code x_(i+1) = x_i + (sigma_(i+1) - sigma_i) (x_i - x0) / sigma_i}. */
        @Override
        public StepResult step(StepInput input) {
            NDArray latents = input.latents();
            NoiseLevel level = level(input.step());
            NDArray original = schedule.prediction().original(latents, input.modelOutput(), level);
            NDArray slope = latents.sub(original).div(level.sigma());
            return new StepResult(latents.add(slope.mul(sigmas[input.step() + 1] - level.sigma())), original);
        }
    }
}
