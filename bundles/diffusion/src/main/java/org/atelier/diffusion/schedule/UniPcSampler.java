package org.atelier.diffusion.schedule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * UniPC of the second order with {@code B(h) = e^h - 1} for the clean latents: Zhao et al. 2023, section 3.
 *
 * <p>Each answer of the UNet first corrects the step that led to it (UniC), then predicts the next one (UniP). The first
 * step and the last are of the first order.
 */
final class UniPcSampler implements Sampler {

    private final Prediction prediction;
    private final SigmaSchedule levels;

    UniPcSampler(NoiseSchedule schedule, int steps) {
        schedule.supporting()
                .absent("thresholding", "use_exponential_sigmas", "use_beta_sigmas", "disable_corrector", "solver_p")
                .only("final_sigmas_type", "zero", "sigma_min")
                .only("predict_x0", true)
                .only("lower_order_final", true)
                .refuseOthers();
        prediction = schedule.prediction();
        levels = SigmaSchedule.multistep(schedule, steps);
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
        return new Way(new MultistepHistory(memory), new MultistepHistory(memory), new MultistepHistory(memory));
    }

    /** Remembers where the step before began, and the clean latents of that step and of the one before it. */
    private final class Way implements Trajectory {

        private final MultistepHistory beginning;
        private final MultistepHistory previous;
        private final MultistepHistory earlier;

        Way(MultistepHistory beginning, MultistepHistory previous, MultistepHistory earlier) {
            this.beginning = beginning;
            this.previous = previous;
            this.earlier = earlier;
        }

        @Override
        public Step step(int step, NDArray latents, NDArray answer) {
            return Step.in(latents.getManager(), () -> {
                Interval interval = levels.interval(step);
                NDArray original = prediction.original(latents, answer, interval.from());
                NDArray corrected = beginning.isEmpty() ? latents : corrected(step, original);
                boolean last = step == steps() - 1;
                boolean firstOrder = previous.isEmpty() || last;
                NDArray middle = firstOrder
                        ? original
                        : interval.extrapolate(original, previous.get(), levels.interval(step - 1));
                remember(last, corrected, original);
                return new Step(interval.cross(corrected, middle), original);
            });
        }

        @Override
        public List<NDArray> remembered() {
            return MultistepHistory.arrays(beginning, previous, earlier);
        }

        @Override
        public void remember(List<NDArray> remembered) {
            MultistepHistory.take(remembered, beginning, previous, earlier);
        }

        /** UniC: the step before, done again with what the UNet answered at its end. */
        private NDArray corrected(int step, NDArray original) {
            Interval interval = levels.interval(step - 1);
            NDArray atBeginning = previous.get();
            NDArray change = original.sub(atBeginning);
            if (earlier.isEmpty()) {
                return interval.cross(beginning.get(), atBeginning.add(change.mul(0.5)));
            }
            double h = interval.length();
            double ratio = -levels.interval(step - 2).length() / h;
            Weights weights = Weights.of(h, ratio);
            NDArray changeBefore = earlier.get().sub(atBeginning).div(ratio);
            return interval.cross(
                    beginning.get(),
                    atBeginning.add(changeBefore.mul(weights.before())).add(change.mul(weights.now())));
        }

        private void remember(boolean last, NDArray corrected, NDArray original) {
            if (last) {
                beginning.forget();
                previous.forget();
                earlier.forget();
                return;
            }
            if (!previous.isEmpty()) {
                earlier.remember(previous.get());
            }
            previous.remember(original);
            beginning.remember(corrected);
        }
    }

    /**
     * What the two differences weigh in UniC: the solution of {@code R rho = b}, the order conditions of section 3.1.
     *
     * @param before the weight of the difference to the step before
     * @param now the weight of the difference to the end of the step
     */
    private record Weights(double before, double now) {

        /**
         * @param h the length of the step
         * @param ratio the place of the step before, in lengths of this one from its beginning: negative
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
