package org.atelier.models.schedule;

import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.Settings;

/**
 * The noise variances {@code beta} of the training timesteps, in float32 and with the operations of torch: a difference
 * in the last bit is visible in the image.
 */
final class Betas {

    private static final double MAXIMUM_COSINE_BETA = 0.999;

    private Betas() {}

    /** @throws AtelierException {@link Code#MODEL_INVALID} if the values are not a valid schedule */
    static float[] of(Settings settings) {
        int timesteps = settings.integer("num_train_timesteps", 1000);
        if (timesteps < 2 || timesteps > 1_000_000) {
            throw invalid(settings, "num_train_timesteps = " + timesteps + " should be 2 to 1000000");
        }
        float[] betas = settings.has("trained_betas") ? trained(settings, timesteps) : scheduled(settings, timesteps);
        for (float beta : betas) {
            float left = 1 - beta;
            if (!(left > 0 && left < 1)) {
                throw invalid(
                        settings, "a timestep adds the noise beta = " + beta + ", which should lie between 0 and 1");
            }
        }
        return settings.flag("rescale_betas_zero_snr", false) ? rescaledToZeroTerminalSnr(betas) : betas;
    }

    /**
     * The cumulative products of {@code 1 - beta}: the remaining variance of the clean latents after each timestep.
     */
    static float[] alphaBars(float[] betas) {
        float[] alphaBars = new float[betas.length];
        double product = 1;
        for (int timestep = 0; timestep < betas.length; timestep++) {
            product *= 1 - betas[timestep];
            alphaBars[timestep] = (float) product;
        }
        return alphaBars;
    }

    private static float[] trained(Settings settings, int timesteps) {
        List<Double> values = settings.numbers("trained_betas");
        if (values.size() != timesteps) {
            throw invalid(
                    settings,
                    "trained_betas has " + values.size() + " values for " + timesteps + " training timesteps");
        }
        return floats(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static float[] scheduled(Settings settings, int timesteps) {
        double start = settings.number("beta_start", 0.0001);
        double end = settings.number("beta_end", 0.02);
        return switch (settings.text("beta_schedule", "linear")) {
            case "linear" -> linear(start, end, timesteps);
            case "scaled_linear" -> squared(linear(Math.sqrt(start), Math.sqrt(end), timesteps));
            default -> cosine(timesteps);
        };
    }

    /** {@code torch.linspace}: from both ends towards the middle, each value rounded once. */
    private static float[] linear(double start, double end, int timesteps) {
        float first = (float) start;
        float last = (float) end;
        float stride = (last - first) / (timesteps - 1);
        float[] values = new float[timesteps];
        for (int timestep = 0; timestep < timesteps; timestep++) {
            values[timestep] = timestep < timesteps / 2
                    ? Math.fma(stride, timestep, first)
                    : Math.fma(-stride, timesteps - 1 - timestep, last);
        }
        return values;
    }

    private static float[] squared(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= values[i];
        }
        return values;
    }

    /** Nichol and Dhariwal 2021, equation 17. */
    private static float[] cosine(int timesteps) {
        return floats(IntStream.range(0, timesteps)
                .mapToDouble(timestep -> 1
                        - cosineAlphaBar((timestep + 1.0) / timesteps) / cosineAlphaBar((double) timestep / timesteps))
                .map(beta -> Math.min(beta, MAXIMUM_COSINE_BETA))
                .toArray());
    }

    private static double cosineAlphaBar(double time) {
        double cosine = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
        return cosine * cosine;
    }

    /** Rescales the betas to zero terminal SNR. Lin et al. 2024, algorithm 1. */
    private static float[] rescaledToZeroTerminalSnr(float[] betas) {
        float[] roots = alphaBars(betas);
        for (int timestep = 0; timestep < roots.length; timestep++) {
            roots[timestep] = (float) Math.sqrt(roots[timestep]);
        }
        float first = roots[0];
        float last = roots[roots.length - 1];
        float stretch = first / (first - last);
        float[] rescaled = new float[betas.length];
        float previous = 1;
        for (int timestep = 0; timestep < betas.length; timestep++) {
            float root = (roots[timestep] - last) * stretch;
            float alphaBar = root * root;
            rescaled[timestep] = 1 - alphaBar / previous;
            previous = alphaBar;
        }
        return rescaled;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static AtelierException invalid(Settings settings, String what) {
        return new AtelierException(Code.MODEL_INVALID, settings.file() + ": " + what + ".");
    }
}
