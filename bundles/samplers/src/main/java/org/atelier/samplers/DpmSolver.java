package org.atelier.samplers;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;

/**
 * The steps of DPM-Solver++(2M), for the ODE or with new noise at each step for the SDE. The first step is of first order, and so is the last if it ends without noise or there
 * are few steps. The history holds the clean latents of the previous step.
 */
final class DpmSolver implements Solver {

    /** With fewer steps a last step of second order is unstable. */
    private static final int FEW_STEPS = 15;

    private final Prediction prediction;
    private final SigmaSchedule levels;
    private final boolean lastIsOfFirstOrder;
    private final double eta;

    /** @param eta 0 for the ODE, 1 for the diffusion SDE */
    DpmSolver(NoiseSchedule schedule, ScheduleOptions options, int steps, double eta) {
        SchedulerConfig config = schedule.config();
        config.validator()
                .absent("thresholding", "use_beta_sigmas", "use_lu_lambdas")
                .only("final_sigmas_type", "zero", "sigma_min")
                .only("lambda_min_clipped", Double.NEGATIVE_INFINITY)
                .throwIfUnsupported();
        this.eta = eta;
        prediction = schedule.prediction();
        levels = SigmaSchedule.multistep(schedule, options, steps);
        lastIsOfFirstOrder = levels.sigma(steps) == 0
                || config.flag("euler_at_final", false)
                || (steps < FEW_STEPS && config.flag("lower_order_final", true));
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
    public NoiseLevel level(int step) {
        return levels.interval(step).from();
    }

    @Override
    public StepResult step(StepInput input) {
        int step = input.step();
        Interval interval = levels.interval(step);
        NDArray original = prediction.original(input.latents(), input.modelOutput(), interval.from());
        boolean last = step == steps() - 1;
        boolean firstOrder = input.history().isEmpty() || (last && lastIsOfFirstOrder);
        NDArray middle = firstOrder
                ? original
                : interval.extrapolate(original, input.history().get(0), levels.interval(step - 1));
        NDArray next = interval.cross(input.latents(), middle, eta);
        double added = interval.addedNoise(eta);
        NDArray noisy = added == 0 ? next : next.add(input.noise().next().mul(added));
        return new StepResult(noisy, original, last ? List.of() : List.of(original));
    }
}
