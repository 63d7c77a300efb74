package org.atelier.diffusion.inversion;

import java.util.List;
import java.util.Optional;
import org.atelier.api.attention.Restyling;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.NoiseSchedule;

/**
 * The noise levels between which the steps of an inversion go, and which of its latents the network receives at a
 * denoising step. Timesteps are those of the network calls, the noisiest first.
 */
public enum InversionScheme {
    /** A step goes to the timestep of its call; denoising receives the latents after it. As in google/style-aligned. */
    STYLE_ALIGNED {
        @Override
        NoiseLevel from(NoiseSchedule schedule, List<Double> timesteps, int step) {
            return step == timesteps.size() - 1
                    ? NoiseLevel.ofAlphaBar(schedule.finalAlphaBar())
                    : level(schedule, timesteps.get(step + 1));
        }

        @Override
        NoiseLevel to(NoiseSchedule schedule, List<Double> timesteps, int step) {
            return level(schedule, timesteps.get(step));
        }

        @Override
        int latents(int nearest, boolean first, int offset) {
            // google/style-aligned uses the offset at the first step and larger indices afterwards.
            return first ? offset : Math.max(offset + 1, nearest);
        }
    },

    /** A step goes to the timestep of its call; denoising receives what the call did. As in StyleID for diffusers. */
    STYLE_ID {
        @Override
        NoiseLevel from(NoiseSchedule schedule, List<Double> timesteps, int step) {
            int stride = schedule.trainTimesteps() / timesteps.size();
            return level(schedule, Math.max(0, timesteps.get(step) - stride));
        }

        @Override
        NoiseLevel to(NoiseSchedule schedule, List<Double> timesteps, int step) {
            return level(schedule, timesteps.get(step));
        }
    },

    /** A step starts at the timestep of its call; denoising receives what the call did. As in StyleID's first code. */
    STYLE_ID_ORIGINAL {
        @Override
        NoiseLevel from(NoiseSchedule schedule, List<Double> timesteps, int step) {
            return level(schedule, timesteps.get(step));
        }

        @Override
        NoiseLevel to(NoiseSchedule schedule, List<Double> timesteps, int step) {
            return level(schedule, step == 0 ? schedule.trainTimesteps() - 1 : timesteps.get(step - 1));
        }
    };

    /** The scheme of a set: that of its restyling, if it redraws content images. */
    public static InversionScheme of(Optional<Restyling> restyling) {
        return restyling
                .map(how -> how.original() ? STYLE_ID_ORIGINAL : STYLE_ID)
                .orElse(STYLE_ALIGNED);
    }

    /** The noise level of the latents before an inversion step. */
    abstract NoiseLevel from(NoiseSchedule schedule, List<Double> timesteps, int step);

    /** The noise level of the latents after an inversion step. */
    abstract NoiseLevel to(NoiseSchedule schedule, List<Double> timesteps, int step);

    /**
     * The index, from the noisiest, of the latents that the network receives at a denoising step.
     *
     * @param nearest the inversion step whose timestep is nearest
     * @param first whether this is the first denoising step
     * @param offset number of the noisiest latents to skip
     */
    int latents(int nearest, boolean first, int offset) {
        return nearest + 1;
    }

    private static NoiseLevel level(NoiseSchedule schedule, double timestep) {
        return NoiseLevel.ofAlphaBar(schedule.alphaBar((int) timestep));
    }
}
