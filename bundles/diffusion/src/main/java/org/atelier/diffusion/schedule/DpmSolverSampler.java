package org.atelier.diffusion.schedule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.atelier.models.json.Settings;

/**
 * DPM-Solver++(2M), the multistep solver of the second order for the clean latents: Lu et al. 2022, algorithm 2.
 *
 * <p>The first step is of the first order, and so is the last one where it ends without noise or the way is short.
 */
final class DpmSolverSampler implements Sampler {

    /** With fewer steps a last one of the second order is unstable. */
    private static final int FEW_STEPS = 15;

    private final Prediction prediction;
    private final SigmaSchedule levels;
    private final boolean lastIsOfFirstOrder;

    DpmSolverSampler(NoiseSchedule schedule, int steps) {
        schedule.supporting()
                .absent("thresholding", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas")
                .only("final_sigmas_type", "zero", "sigma_min")
                .only("lambda_min_clipped", Double.NEGATIVE_INFINITY)
                .refuseOthers();
        Settings settings = schedule.settings();
        prediction = schedule.prediction();
        levels = SigmaSchedule.multistep(schedule, steps);
        lastIsOfFirstOrder = levels.ratio(steps) == 0
                || settings.flag("euler_at_final", false)
                || (steps < FEW_STEPS && settings.flag("lower_order_final", true));
    }

    @Override
    public int steps() {
        return levels.steps();
    }

    @Override
    public double timestep(int step) {
        return levels.timestep(step);
    }

    @Override
    public Trajectory start(NDManager memory) {
        return new Way(new MultistepHistory(memory));
    }

    /** Remembers the clean latents of the step before. */
    private final class Way implements Trajectory {

        private final MultistepHistory previous;

        Way(MultistepHistory previous) {
            this.previous = previous;
        }

        @Override
        public Step step(int step, NDArray latents, NDArray answer) {
            return Step.in(latents.getManager(), () -> {
                Interval interval = levels.interval(step);
                NDArray original = prediction.original(latents, answer, interval.from());
                boolean last = step == steps() - 1;
                boolean firstOrder = previous.isEmpty() || (last && lastIsOfFirstOrder);
                NDArray middle = firstOrder
                        ? original
                        : interval.extrapolate(original, previous.get(), levels.interval(step - 1));
                if (last) {
                    previous.forget();
                } else {
                    previous.remember(original);
                }
                return new Step(interval.cross(latents, middle), original);
            });
        }

        @Override
        public List<NDArray> remembered() {
            return MultistepHistory.arrays(previous);
        }

        @Override
        public void remember(List<NDArray> remembered) {
            MultistepHistory.take(remembered, previous);
        }
    }
}
