package org.atelier.samplers;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;

/** Latents without signal, which exist if a model rescales its schedule to zero terminal SNR. */
final class PureNoise {

    private PureNoise() {}

    /**
     * The levels at timesteps, of unit variance.
     *
     * @param sampler its name, for the error message
     * @throws AtelierException {@link Code#MODEL_INVALID} if the network predicts noise and the first level is only noise
     */
    static NoiseLevel[] levels(NoiseSchedule schedule, int[] timesteps, String sampler) {
        NoiseLevel[] levels = new NoiseLevel[timesteps.length];
        for (int step = 0; step < timesteps.length; step++) {
            levels[step] = NoiseLevel.ofAlphaBar(schedule.alphaBar(timesteps[step]));
        }
        if (levels[0].alpha() == 0 && schedule.prediction() == Prediction.EPSILON) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    schedule.config().file() + ": with rescale_betas_zero_snr the latents at timestep " + timesteps[0]
                            + " are pure noise; " + sampler + " then requires prediction_type v_prediction.");
        }
        return levels;
    }
}
