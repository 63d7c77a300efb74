package org.atelier.samplers;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.atelier.api.sampling.TimestepSpacing;

/**
 * The steps of PLMS. The first is taken twice: to the second timestep and, with the mean of the predictions at both,
 * again from the same latents. The others combine the predictions of up to four steps.
 *
 * <p>The history holds the predictions of earlier steps, the newest first; between the two calls of the first step, its
 * prediction and its latents.
 */
final class PndmSolver implements Solver {

    /** The weights of Adams and Bashforth, of the newest prediction first, by the number of predictions. */
    private static final double[][] WEIGHTS = {
        {1}, {3 / 2.0, -1 / 2.0}, {23 / 12.0, -16 / 12.0, 5 / 12.0}, {55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0}
    };

    private final NoiseSchedule schedule;
    private final boolean combinesOutputs;
    private final int[] spaced;
    private final int first;

    /**
     * @param spaced the timesteps of a set from noise, each once
     * @param first the step that is taken twice
     */
    private PndmSolver(NoiseSchedule schedule, boolean combinesOutputs, int[] spaced, int first) {
        this.schedule = schedule;
        this.combinesOutputs = combinesOutputs;
        this.spaced = spaced;
        this.first = first;
    }

    /** @param combinesOutputs whether outputs of the network are combined before they are converted to noise */
    static PndmSolver of(NoiseSchedule schedule, ScheduleOptions options, int steps, boolean combinesOutputs) {
        SchedulerConfig config = schedule.config();
        config.validator()
                .absent("thresholding", "rescale_betas_zero_snr")
                .only("prediction_type", "epsilon", "v_prediction")
                .throwIfUnsupported();
        double[] spaced = options.spacing(config, TimestepSpacing.LEADING).timesteps(schedule, steps, steps);
        int[] timesteps = new int[steps];
        for (int step = 0; step < steps; step++) {
            timesteps[step] = (int) Math.rint(spaced[step]);
        }
        return new PndmSolver(schedule, combinesOutputs, timesteps, 0);
    }

    @Override
    public Solver startingAt(int step) {
        return new PndmSolver(schedule, combinesOutputs, spaced, step);
    }

    /** The last timestep cannot be the first of two. */
    private boolean isFirstTakenTwice() {
        return first < spaced.length - 1;
    }

    @Override
    public int steps() {
        return spaced.length + (isFirstTakenTwice() ? 1 : 0);
    }

    private int timestepOf(int step) {
        return spaced[isFirstTakenTwice() && step > first + 1 ? step - 1 : step];
    }

    @Override
    public double timestep(int step) {
        return timestepOf(step);
    }

    @Override
    public NoiseLevel level(int step) {
        return levelAt(timestepOf(step));
    }

    private NoiseLevel levelAt(int timestep) {
        return NoiseLevel.ofAlphaBar(timestep < 0 ? schedule.finalAlphaBar() : schedule.alphaBar(timestep));
    }

    private int stride() {
        return schedule.trainTimesteps() / spaced.length;
    }

    @Override
    public StepResult step(StepInput input) {
        int step = input.step();
        int timestep = timestepOf(step);
        NoiseLevel level = levelAt(timestep);
        Prediction prediction = schedule.prediction();
        NDArray original = prediction.original(input.latents(), input.modelOutput(), level);
        NDArray predicted = combinesOutputs
                ? input.modelOutput().duplicate()
                : prediction.noise(input.latents(), input.modelOutput(), level);
        List<NDArray> history = input.history();
        if (isFirstTakenTwice() && step == first) {
            NDArray provisional = transferred(input.latents(), predicted, timestep, timestep - stride());
            return new StepResult(
                    provisional, original, List.of(predicted, input.latents().duplicate()));
        }
        if (isFirstTakenTwice() && step == first + 1 && history.size() == 2) {
            NDArray mean = predicted.add(history.get(0)).mul(0.5);
            int last = schedule.trainTimesteps() - 1;
            int start = Math.min(timestep + stride(), last);
            NDArray next = transferred(history.get(1), mean, start, timestep);
            return new StepResult(next, original, List.of(history.get(0)));
        }
        List<NDArray> predictions = new ArrayList<>(List.of(predicted));
        predictions.addAll(history.subList(0, Math.min(history.size(), WEIGHTS.length - 1)));
        NDArray next = transferred(input.latents(), combined(predictions), timestep, timestep - stride());
        boolean last = step == steps() - 1;
        return new StepResult(
                next,
                original,
                last ? List.of() : predictions.subList(0, Math.min(predictions.size(), WEIGHTS.length - 1)));
    }

    private static NDArray combined(List<NDArray> predictions) {
        double[] weights = WEIGHTS[predictions.size() - 1];
        NDArray sum = predictions.get(0).mul(weights[0]);
        for (int i = 1; i < weights.length; i++) {
            sum = sum.add(predictions.get(i).mul(weights[i]));
        }
        return sum;
    }

    /** Equation 11 of the paper: the step of DDIM with a given prediction. */
    private NDArray transferred(NDArray latents, NDArray predicted, int fromTimestep, int toTimestep) {
        NoiseLevel from = levelAt(fromTimestep);
        NoiseLevel to = levelAt(toTimestep);
        Prediction kind = combinesOutputs ? schedule.prediction() : Prediction.EPSILON;
        return kind.original(latents, predicted, from)
                .mul(to.alpha())
                .add(kind.noise(latents, predicted, from).mul(to.sigma()));
    }
}
