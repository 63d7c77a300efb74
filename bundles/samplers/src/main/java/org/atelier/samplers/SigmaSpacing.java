package org.atelier.samplers;

import java.util.function.DoubleUnaryOperator;
import org.atelier.api.sampling.SchedulerConfig;

/** How the noise levels of a solver are spaced. */
enum SigmaSpacing {
    /** The levels of the selected timesteps. */
    TIMESTEPS(sigma -> sigma, coordinate -> coordinate),

    /** Evenly in the seventh root. Karras et al. 2022, equation 5. */
    KARRAS(sigma -> Math.pow(sigma, 1.0 / 7), coordinate -> Math.pow(coordinate, 7)),

    /** Evenly in the logarithm. */
    EXPONENTIAL(Math::log, Math::exp);

    private final DoubleUnaryOperator toCoordinate;
    private final DoubleUnaryOperator toSigma;

    SigmaSpacing(DoubleUnaryOperator toCoordinate, DoubleUnaryOperator toSigma) {
        this.toCoordinate = toCoordinate;
        this.toSigma = toSigma;
    }

    /** The spacing that a model configures. */
    static SigmaSpacing of(SchedulerConfig config) {
        if (config.flag("use_karras_sigmas", false)) {
            return KARRAS;
        }
        return config.flag("use_exponential_sigmas", false) ? EXPONENTIAL : TIMESTEPS;
    }

    /** @return {@code count} levels from {@code first} to {@code last}, evenly spaced in this spacing's coordinate */
    double[] between(double first, double last, int count) {
        double start = toCoordinate.applyAsDouble(first);
        double end = toCoordinate.applyAsDouble(last);
        double[] sigmas = new double[count];
        for (int i = 0; i < count; i++) {
            double ramp = count == 1 ? 0 : i / (count - 1.0);
            sigmas[i] = toSigma.applyAsDouble(start + ramp * (end - start));
        }
        return sigmas;
    }
}
