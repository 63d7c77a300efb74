package org.atelier.api.sampling;

import ai.djl.ndarray.NDArray;

/**
 * What a network was trained to predict: the values of {@code prediction_type}.
 *
 * <p>With {@code x = alpha x0 + sigma eps}, each method solves for one of the two unknowns; arrays are
 * {@code (image, channel, height, width)}, float32.
 */
public enum Prediction {
    /** The noise. */
    EPSILON {
        @Override
        public NDArray original(NDArray latents, NDArray modelOutput, NoiseLevel level) {
            return latents.sub(modelOutput.mul(level.sigma())).div(level.alpha());
        }

        @Override
        public NDArray noise(NDArray latents, NDArray modelOutput, NoiseLevel level) {
            return modelOutput.duplicate();
        }
    },

    /** The velocity {@code v = alpha eps - sigma x0} of latents of unit variance. Salimans and Ho 2022, section 4. */
    V_PREDICTION {
        @Override
        public NDArray original(NDArray latents, NDArray modelOutput, NoiseLevel level) {
            double deviation = Math.sqrt(level.variance());
            return latents.mul(level.alpha() / level.variance()).sub(modelOutput.mul(level.sigma() / deviation));
        }

        @Override
        public NDArray noise(NDArray latents, NDArray modelOutput, NoiseLevel level) {
            double deviation = Math.sqrt(level.variance());
            return modelOutput.mul(level.alpha() / deviation).add(latents.mul(level.sigma() / level.variance()));
        }
    },

    /** The clean latents. */
    SAMPLE {
        @Override
        public NDArray original(NDArray latents, NDArray modelOutput, NoiseLevel level) {
            return modelOutput.duplicate();
        }

        @Override
        public NDArray noise(NDArray latents, NDArray modelOutput, NoiseLevel level) {
            return latents.sub(modelOutput.mul(level.alpha())).div(level.sigma());
        }
    };

    /** Converts the output to the clean latents {@code x0}: a new array. */
    public abstract NDArray original(NDArray latents, NDArray modelOutput, NoiseLevel level);

    /** Converts the output to the noise {@code eps}: a new array. */
    public abstract NDArray noise(NDArray latents, NDArray modelOutput, NoiseLevel level);
}
