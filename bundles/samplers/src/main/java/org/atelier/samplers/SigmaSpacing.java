package org.atelier.samplers;

import org.atelier.api.sampling.SchedulerConfig;

/** How the noise levels of a solver are spaced. */
enum SigmaSpacing {
    /** The levels of the selected timesteps. */
    TIMESTEPS {
        @Override
        double coordinate(double sigma) {
            return sigma;
        }

        @Override
        double sigma(double coordinate) {
            return coordinate;
        }
    },

    /** Evenly in the seventh root. Karras et al. 2022, equation 5. */
    KARRAS {
        @Override
        double coordinate(double sigma) {
            return Math.pow(sigma, 1.0 / RHO);
        }

        @Override
        double sigma(double coordinate) {
            return Math.pow(coordinate, RHO);
        }
    },

    /** Evenly in the logarithm. */
    EXPONENTIAL {
        @Override
        double coordinate(double sigma) {
            return Math.log(sigma);
        }

        @Override
        double sigma(double coordinate) {
            return Math.exp(coordinate);
        }
    };

    private static final int RHO = 7;

    /** The coordinate of a level, in which the levels are evenly spaced. */
    abstract double coordinate(double sigma);

    /** The level of a coordinate. */
    abstract double sigma(double coordinate);

    /** The spacing that a model configures. */
    static SigmaSpacing of(SchedulerConfig config) {
        if (config.flag("use_karras_sigmas", false)) {
            return KARRAS;
        }
        return config.flag("use_exponential_sigmas", false) ? EXPONENTIAL : TIMESTEPS;
    }

    /** @return {@code count} levels from {@code first} to {@code last}, evenly spaced in this spacing's coordinate */
    double[] between(double first, double last, int count) {
        double start = coordinate(first);
        double end = coordinate(last);
        double[] sigmas = new double[count];
        for (int i = 0; i < count; i++) {
            double ramp = count == 1 ? 0 : i / (count - 1.0);
            sigmas[i] = sigma(start + ramp * (end - start));
        }
        return sigmas;
    }
}
