package org.atelier.samplers;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;

/**
 * The steps of UniPC. Each network output first corrects the previous step (UniC), then predicts the next one (UniP).
 * The first and the last step are of first order.
 */
final class UniPcSolver implements Solver {

    private final Prediction prediction;
    private final SigmaSchedule levels;

    UniPcSolver(NoiseSchedule schedule, ScheduleOptions options, int steps) {
        schedule.config()
                .validator()
                .absent("thresholding", "use_beta_sigmas", "disable_corrector", "solver_p")
                .only("final_sigmas_type", "zero", "sigma_min")
                .only("predict_x0", true)
                .only("lower_order_final", true)
                .throwIfUnsupported();
        prediction = schedule.prediction();
        levels = SigmaSchedule.multistep(schedule, options, steps);
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

    /**
     * The history of the previous steps.
     *
     * @param start the corrected latents at the start of the previous step
     * @param previous the clean latents of the previous step
     * @param earlier the clean latents of the step before that
     */
    private record History(NDArray start, NDArray previous, Optional<NDArray> earlier) {

        static Optional<History> of(List<NDArray> arrays) {
            return arrays.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new History(
                            arrays.get(0),
                            arrays.get(1),
                            arrays.stream().skip(2).findFirst()));
        }

        List<NDArray> arrays() {
            List<NDArray> arrays = new ArrayList<>(List.of(start, previous));
            earlier.ifPresent(arrays::add);
            return arrays;
        }
    }

    @Override
    public StepResult step(StepInput input) {
        int step = input.step();
        Interval interval = levels.interval(step);
        NDArray original = prediction.original(input.latents(), input.modelOutput(), interval.from());
        Optional<History> history = History.of(input.history());
        NDArray corrected =
                history.map(before -> corrected(step, original, before)).orElse(input.latents());
        boolean last = step == steps() - 1;
        NDArray middle = last || history.isEmpty()
                ? original
                : interval.extrapolate(original, history.get().previous(), levels.interval(step - 1));
        History next = new History(corrected, original, history.map(History::previous));
        return new StepResult(interval.cross(corrected, middle), original, last ? List.of() : next.arrays());
    }

    /** UniC: repeats the previous step with the network's prediction at its end. */
    private NDArray corrected(int step, NDArray original, History history) {
        Interval interval = levels.interval(step - 1);
        NDArray previous = history.previous();
        NDArray change = original.sub(previous);
        if (history.earlier().isEmpty()) {
            return interval.cross(history.start(), previous.add(change.mul(0.5)));
        }
        double h = interval.length();
        double ratio = -levels.interval(step - 2).length() / h;
        Weights weights = Weights.of(h, ratio);
        NDArray changeBefore = history.earlier().get().sub(previous).div(ratio);
        return interval.cross(
                history.start(),
                previous.add(changeBefore.mul(weights.before())).add(change.mul(weights.now())));
    }

    /**
     * The weights of the two differences in UniC: the solution of {@code R rho = b}, the order conditions of section
     * 3.1.
     *
     * @param before weight of the difference to the step before
     * @param now weight of the difference to the end of the step
     */
    private record Weights(double before, double now) {

        /**
         * @param h the length of the step
         * @param ratio the position of the step before, relative to this step's start and in units of its length:
         *     negative
         */
        static Weights of(double h, double ratio) {
            double b = Math.expm1(-h);
            double phi2 = -b / h - 1;
            double phi3 = -phi2 / h - 0.5;
            double before = (phi2 - 2 * phi3) / (b * (1 - ratio));
            return new Weights(before, phi2 / b - before);
        }
    }
}
