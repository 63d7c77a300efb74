package org.atelier.api.sampling;

import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** How the training timesteps are thinned out to a few, {@code timestep_spacing}. Lin et al. 2024, table 2. */
public enum TimestepSpacing {
    /** Equal whole strides from 0, moved up by {@code steps_offset}. */
    LEADING {
        @Override
        double timestep(int trained, int points, int fromLast) {
            int stride = trained / points;
            return (double) stride * fromLast;
        }
    },

    /** Equal distances from 0 to the last one, both included; not rounded. */
    LINSPACE {
        @Override
        double timestep(int trained, int points, int fromLast) {
            return points == 1 ? 0 : Math.min(trained - 1, (trained - 1.0) / (points - 1) * fromLast);
        }
    },

    /** Equal distances down from the last one. */
    TRAILING {
        @Override
        double timestep(int trained, int points, int fromLast) {
            // numpy's arange takes its stride from its first two values, and where halves are rounded it matters.
            double stride = (trained - (double) trained / points) - trained;
            return Math.rint(trained + (points - 1 - fromLast) * stride) - 1;
        }
    };

    /** The spacing that a model asks for, or the one that a sampler takes otherwise. */
    public static TimestepSpacing of(SchedulerConfig config, TimestepSpacing otherwise) {
        return valueOf(config.text("timestep_spacing", otherwise.name()).toUpperCase(Locale.ROOT));
    }

    /**
     * The first of equally spaced timesteps, the noisiest first.
     *
     * @param points how many there are
     * @param steps how many of them are wanted, at most {@code points}
     * @throws AtelierException {@link Code#INVALID_REQUEST} where they are not all among those of the training
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
                            + " to 0: ask for fewer steps, or for another sampler.");
        }
        return timesteps;
    }

    /** One of equally spaced timesteps, counted from the last, which is 0. */
    abstract double timestep(int trained, int points, int fromLast);
}
