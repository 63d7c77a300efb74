package org.atelier.samplers;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.NoiseSchedule;

/** The timesteps that LCM and TCD take from those of the distillation, {@code original_inference_steps}. */
final class DistillationTimesteps {

    private DistillationTimesteps() {}

    /**
     * Evenly spaced ones, the noisiest first.
     *
     * @throws AtelierException {@link Code#MODEL_INVALID} if the model's number is invalid; {@link Code#INVALID_REQUEST}
     *     if it is below {@code steps}
     */
    static int[] of(NoiseSchedule schedule, int steps) {
        int distilled = schedule.config().integer("original_inference_steps", 50);
        int trained = schedule.trainTimesteps();
        if (distilled < 1 || distilled > trained) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    schedule.config().file() + ": original_inference_steps = " + distilled + " should be 1 to "
                            + trained + ".");
        }
        if (steps > distilled) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The model was distilled at " + distilled + " timesteps: use at most " + distilled + " steps, not "
                            + steps + ", or for another sampler.");
        }
        int stride = trained / distilled;
        int[] timesteps = new int[steps];
        for (int step = 0; step < steps; step++) {
            int fromFirst = (int) Math.floor((double) distilled / steps * step);
            timesteps[step] = (distilled - fromFirst) * stride - 1;
        }
        return timesteps;
    }

    /**
     * Those of a list, separated by commas.
     *
     * @throws AtelierException {@link Code#INVALID_REQUEST} if they are not one for each step, descending, and below the
     *     number of the training
     */
    static int[] parsed(String list, NoiseSchedule schedule, int steps) {
        String[] parts = list.split(",", -1);
        int[] timesteps = new int[parts.length];
        int least = schedule.trainTimesteps();
        for (int step = 0; step < parts.length; step++) {
            String part = parts[step].strip();
            timesteps[step] = part.matches("\\d{1,6}") ? Integer.parseInt(part) : Integer.MAX_VALUE;
            if (timesteps[step] >= least) {
                throw new AtelierException(
                        Code.INVALID_REQUEST,
                        "The timesteps must be whole numbers from %d to 0, each below the one before, not \"%s\"."
                                .formatted(schedule.trainTimesteps() - 1, list));
            }
            least = timesteps[step];
        }
        if (parts.length != steps) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "There are %d timesteps for %d steps; give one for each step.".formatted(parts.length, steps));
        }
        return timesteps;
    }
}
