package org.atelier.api.sampling;

import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** How timesteps are selected from the training timesteps, {@code timestep_spacing}. Lin et al. 2024, table 2. */
public enum TimestepSpacing {
    /** Equal integer strides from 0, shifted by {@code steps_offset}. */
    LEADING {
        @Override
        double timestep(int trained, int points, int fromLast) {
            int stride = trained / points;
            return (double) stride * fromLast;
        }
    },

    /** Equal distances from 0 to the last timestep, both included; not rounded. */
    LINSPACE {
        @Override
        double timestep(int trained, int points, int fromLast) {
            return points == 1 ? 0 : Math.min(trained - 1, (trained - 1.0) / (points - 1) * fromLast);
        }
    },

    /** Equal distances down from the last timestep. */
    TRAILING {
        @Override
        double timestep(int trained, int points, int fromLast) {
            // numpy's arange computes its stride from its first two values, which affects the rounding of halves.
            double stride = (trained - (double) trained / points) - trained;
            return Math.rint(trained + (points - 1 - fromLast) * stride) - 1;
        }
    };

    /** The spacing that a model configures, or the sampler's default. */
    public static TimestepSpacing of(SchedulerConfig config, TimestepSpacing defaultValue) {
        return valueOf(config.text("timestep_spacing", defaultValue.name()).toUpperCase(Locale.ROOT));
    }

    /**
     * The first of equally spaced timesteps, the noisiest first.
     *
     * @param points number of spaced timesteps
     * @param steps number of timesteps to return, at most {@code points}
     * @throws AtelierException {@link Code#INVALID_REQUEST} if a timestep is outside the training timesteps
     */
    public double[] timesteps(NoiseSchedule schedule, int points, int steps) {
        int offset = this == LEADING ? schedule.config().integer("steps_offset", 0) : 0;
        double[] timesteps = new double[steps];
        for (int step = 0; step < steps; step++) {
            timesteps[step] = timestep(schedule.trainTimesteps(), points, points - 1 - step) + offset;
        }
        int last = schedule.trainTimesteps() - 1;
        if (timesteps[0] > last || timesteps[steps - 1] < 0) {
            String range = Math.round(timesteps[0]) + " to " + Math.round(timesteps[steps - 1]);
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    steps + " steps would be at timesteps " + range + ", and the model knows " + last
                            + " to 0: use fewer steps, or another sampler.");
        }
        return timesteps;
    }

    /**
     * One of the equally spaced timesteps.
     *
     * @param fromLast its index from the end; 0 is the least noisy
     */
    abstract double timestep(int trained, int points, int fromLast);
}
