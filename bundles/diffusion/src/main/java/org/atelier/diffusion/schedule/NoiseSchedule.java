package org.atelier.diffusion.schedule;

import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.ConfigValidator;
import org.atelier.models.json.Settings;

/**
 * The noise that a model was trained against: how much of the clean latents is left at each of its timesteps, and what
 * its UNet answers. Ho et al. 2020, section 2.
 *
 * <p>Read from {@code scheduler/scheduler_config.json}; all values are those that diffusers computes, in float32.
 */
public final class NoiseSchedule {

    /** What any of diffusers' samplers reads; a sampler leaves alone what only the others know. */
    private static final String[] KNOWN = {
        "algorithm_type",
        "beta_end",
        "beta_schedule",
        "beta_start",
        "clip_sample",
        "clip_sample_range",
        "disable_corrector",
        "dynamic_thresholding_ratio",
        "euler_at_final",
        "final_sigmas_type",
        "flow_shift",
        "interpolation_type",
        "lambda_min_clipped",
        "lower_order_final",
        "num_train_timesteps",
        "predict_x0",
        "prediction_type",
        "rescale_betas_zero_snr",
        "sample_max_value",
        "set_alpha_to_one",
        "sigma_max",
        "sigma_min",
        "skip_prk_steps",
        "solver_order",
        "solver_p",
        "solver_type",
        "steps_offset",
        "thresholding",
        "time_shift_type",
        "timestep_spacing",
        "timestep_type",
        "trained_betas",
        "use_beta_sigmas",
        "use_exponential_sigmas",
        "use_karras_sigmas",
        "use_lu_lambdas",
        "variance_type"
    };

    /** Those of diffusers' samplers that differ in how they step, not in the noise of the model. */
    private static final Object[] SAMPLER_CLASSES = {
        "DDIMScheduler",
        "DDPMScheduler",
        "DEISMultistepScheduler",
        "DPMSolverMultistepScheduler",
        "DPMSolverSDEScheduler",
        "DPMSolverSinglestepScheduler",
        "EulerAncestralDiscreteScheduler",
        "EulerDiscreteScheduler",
        "HeunDiscreteScheduler",
        "KDPM2AncestralDiscreteScheduler",
        "KDPM2DiscreteScheduler",
        "LMSDiscreteScheduler",
        "PNDMScheduler",
        "UniPCMultistepScheduler"
    };

    /** Stands for no clean latents at all where a ratio must stay finite: the smallest float16. */
    private static final float NEARLY_NOTHING = 0x1p-24f;

    private final Settings settings;
    private final Prediction prediction;
    private final float[] alphaBars;
    private final float[] ratios;

    private NoiseSchedule(Settings settings, Prediction prediction, float[] betas) {
        this.settings = settings;
        this.prediction = prediction;
        alphaBars = Betas.alphaBars(betas);
        ratios = new float[betas.length];
        for (int timestep = 0; timestep < betas.length; timestep++) {
            float alphaBar = alphaBars[timestep] == 0 ? NEARLY_NOTHING : alphaBars[timestep];
            ratios[timestep] = (float) Math.sqrt((1 - alphaBar) / alphaBar);
        }
    }

    /**
     * The schedule in a model's {@code scheduler_config.json}; what is absent is as in diffusers.
     *
     * @throws AtelierException {@link Code#MODEL_INVALID} where it asks for what is not known, or for what cannot be
     */
    public static NoiseSchedule from(Settings settings) {
        settings.supporting()
                .ignoring(KNOWN)
                .only("_class_name", SAMPLER_CLASSES)
                .only("beta_schedule", "linear", "scaled_linear", "squaredcos_cap_v2")
                .only("prediction_type", "epsilon", "v_prediction", "sample")
                .only("timestep_spacing", "leading", "linspace", "trailing")
                .only("variance_type", "fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log")
                .refuseOthers();
        Prediction prediction =
                Prediction.valueOf(settings.text("prediction_type", "epsilon").toUpperCase(Locale.ROOT));
        return new NoiseSchedule(settings, prediction, Betas.of(settings));
    }

    /** How many timesteps the model was trained with; they begin at 0. */
    public int trainTimesteps() {
        return alphaBars.length;
    }

    /** The share of the clean latents' variance at a timestep, {@code alphas_cumprod}: 0 to 1. */
    public double alphaBar(int timestep) {
        return alphaBars[timestep];
    }

    /** The share where the last step ends: that of the first timestep, or all where the model says so. */
    public double finalAlphaBar() {
        return settings.flag("set_alpha_to_one", true) ? 1 : alphaBar(0);
    }

    /** The noise for one part of clean latents at a timestep, or between two on the straight line; the last one beyond. */
    public double ratio(double timestep) {
        int last = ratios.length - 1;
        if (timestep >= last) {
            return ratios[last];
        }
        int below = (int) timestep;
        double slope = (double) ratios[below + 1] - ratios[below];
        return slope * (timestep - below) + ratios[below];
    }

    /** Where so much noise is met, between timesteps on the straight line of its logarithm. */
    double timestep(double ratio) {
        int below = 0;
        while (below < ratios.length - 2 && ratios[below + 1] <= ratio) {
            below++;
        }
        double low = logRatio(below);
        double share = (low - Math.log(ratio)) / (low - logRatio(below + 1));
        return below + Math.max(0, Math.min(1, share));
    }

    private float logRatio(int timestep) {
        return (float) Math.log(ratios[timestep]);
    }

    public Prediction prediction() {
        return prediction;
    }

    /** What the model asks of its sampler. */
    Settings settings() {
        return settings;
    }

    /** Begins a sampler's check that the model asks nothing of it which it would not do. */
    ConfigValidator supporting() {
        return settings.supporting().ignoring(KNOWN);
    }
}
