package org.atelier.models.schedule;

import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.sampling.NoiseSchedule;
import org.atelier.api.sampling.Prediction;
import org.atelier.api.sampling.SchedulerConfig;
import org.atelier.models.json.Settings;

/** The noise schedule that a model's {@code scheduler/scheduler_config.json} describes, as diffusers computes it. */
public final class DiscreteNoiseSchedule implements NoiseSchedule {

    /** The settings of all diffusers schedulers; each sampler reads only its own. */
    static final String[] KNOWN = {
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
        "original_inference_steps",
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
        "timestep_scaling",
        "timestep_spacing",
        "timestep_type",
        "trained_betas",
        "use_beta_sigmas",
        "use_exponential_sigmas",
        "use_karras_sigmas",
        "use_lu_lambdas",
        "variance_type"
    };

    /** The diffusers schedulers that differ only in their solver, not in the noise schedule. */
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
        "LCMScheduler",
        "LMSDiscreteScheduler",
        "PNDMScheduler",
        "TCDScheduler",
        "UniPCMultistepScheduler"
    };

    /** Replaces an alpha bar of zero so that sigma stays finite: the smallest float16. */
    private static final float MIN_ALPHA_BAR = 0x1p-24f;

    private final Settings settings;
    private final SchedulerConfig config;
    private final Prediction prediction;
    private final float[] alphaBars;
    private final float[] sigmas;

    private DiscreteNoiseSchedule(Settings settings, Prediction prediction, float[] betas) {
        this.settings = settings;
        this.config = new SettingsSchedulerConfig(settings);
        this.prediction = prediction;
        alphaBars = Betas.alphaBars(betas);
        sigmas = new float[betas.length];
        for (int timestep = 0; timestep < betas.length; timestep++) {
            float alphaBar = alphaBars[timestep] == 0 ? MIN_ALPHA_BAR : alphaBars[timestep];
            sigmas[timestep] = (float) Math.sqrt((1 - alphaBar) / alphaBar);
        }
    }

    /**
     * Reads the schedule in {@code scheduler_config.json}, with the defaults of diffusers.
     *
     * @throws AtelierException {@link Code#MODEL_INVALID} if it has unsupported or invalid settings
     */
    public static DiscreteNoiseSchedule from(Settings settings) {
        settings.validator()
                .ignoring(KNOWN)
                .only("_class_name", SAMPLER_CLASSES)
                .only("beta_schedule", "linear", "scaled_linear", "squaredcos_cap_v2")
                .only("prediction_type", "epsilon", "v_prediction", "sample")
                .only("timestep_spacing", "leading", "linspace", "trailing")
                .only("variance_type", "fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log")
                .throwIfUnsupported();
        Prediction prediction =
                Prediction.valueOf(settings.text("prediction_type", "epsilon").toUpperCase(Locale.ROOT));
        return new DiscreteNoiseSchedule(settings, prediction, Betas.of(settings));
    }

    @Override
    public int trainTimesteps() {
        return alphaBars.length;
    }

    @Override
    public double alphaBar(int timestep) {
        return alphaBars[timestep];
    }

    @Override
    public double finalAlphaBar() {
        return settings.flag("set_alpha_to_one", true) ? 1 : alphaBar(0);
    }

    @Override
    public double sigma(double timestep) {
        int last = sigmas.length - 1;
        if (timestep >= last) {
            return sigmas[last];
        }
        int below = (int) timestep;
        double slope = (double) sigmas[below + 1] - sigmas[below];
        return slope * (timestep - below) + sigmas[below];
    }

    @Override
    public double timestep(double sigma) {
        int below = 0;
        while (below < sigmas.length - 2 && sigmas[below + 1] <= sigma) {
            below++;
        }
        double low = logSigma(below);
        double share = (low - Math.log(sigma)) / (low - logSigma(below + 1));
        return below + Math.max(0, Math.min(1, share));
    }

    private float logSigma(int timestep) {
        return (float) Math.log(sigmas[timestep]);
    }

    @Override
    public Prediction prediction() {
        return prediction;
    }

    @Override
    public SchedulerConfig config() {
        return config;
    }
}
