package org.atelier.diffusion.sampling;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;

/** Checks the number of steps: at least 1, and less than the training timesteps. */
public final class StepCount {

    private StepCount() {}

    /**
     * Creates the solver of a sampler.
     *
     * @throws AtelierException {@link Code#INVALID_REQUEST} if the number of steps is out of range, or as the sampler
     *     throws
     */
    public static Solver solver(Sampler sampler, NoiseSchedule schedule, int steps) {
        check(steps, schedule);
        return sampler.solver(schedule, steps);
    }

    public static void check(int steps, NoiseSchedule schedule) {
        int max = schedule.trainTimesteps() - 1;
        if (steps < 1 || steps > max) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, "The number of steps is " + steps + "; it must be 1 to " + max + ".");
        }
    }
}
