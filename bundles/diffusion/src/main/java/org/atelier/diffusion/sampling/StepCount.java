package org.atelier.diffusion.sampling;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;

/** How many steps a model can take: fewer than it was trained with. */
public final class StepCount {

    private StepCount() {}

    /**
     * A sampler's steps for a model.
     *
     * @throws AtelierException {@link Code#INVALID_REQUEST} for a number of steps out of range, and what the sampler
     *     throws
     */
    public static Solver solver(Sampler sampler, NoiseSchedule schedule, int steps) {
        check(steps, schedule);
        return sampler.solver(schedule, steps);
    }

    static void check(int steps, NoiseSchedule schedule) {
        int most = schedule.trainTimesteps() - 1;
        if (steps < 1 || steps > most) {
            throw new AtelierException(
                    Code.INVALID_REQUEST, "The number of steps is " + steps + ": ask for 1 to " + most + ".");
        }
    }
}
