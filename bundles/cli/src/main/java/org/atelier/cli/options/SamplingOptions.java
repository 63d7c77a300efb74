package org.atelier.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The denoising steps, guidance, sampler, and how the model is used. */
public class SamplingOptions {

    @Option(names = "--steps", paramLabel = "N", description = "Denoising steps. Default: ${bundle:default.steps}.")
    private Integer steps;

    @Option(
            names = {"--cfg-scale", "--guidance-scale"},
            paramLabel = "X",
            description =
                    "Classifier-free guidance scale; 1 or less disables guidance. Default: ${bundle:default.cfg_scale}.")
    private Double cfgScale;

    @Option(
            names = "--guidance-rescale",
            paramLabel = "X",
            description = "Rescales the guided prediction, 0 to 1: 0.7 for models with zero terminal SNR. Default: 0.")
    private Double guidanceRescale;

    @Option(
            names = "--clip-skip",
            paramLabel = "N",
            description = "Positive prompts skip the last N layers of the text encoders, as diffusers counts them:"
                    + " Clip skip of A1111 less 1. Default: 0.")
    private Integer clipSkip;

    @Option(
            names = "--prediction",
            paramLabel = "NAME",
            description = "What the network predicts: epsilon, v or sample. Default: as the model says.")
    private String prediction;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = "The sampler; atelier plugins lists them. Default: ${bundle:default.sampler}.")
    private String sampler;

    @Option(
            names = "--sampler-option",
            paramLabel = "KEY=VALUE",
            description = "An option of the sampler; repeatable. An unknown key lists the available ones.")
    private Map<String, String> samplerOptions = new LinkedHashMap<>();

    public void into(SetRequestBuilder request) {
        OptionValue.ifGiven(steps, request::steps);
        OptionValue.ifGiven(cfgScale, request::cfgScale);
        OptionValue.ifGiven(guidanceRescale, request::guidanceRescale);
        OptionValue.ifGiven(clipSkip, request::clipSkip);
        OptionValue.ifGiven(prediction, request::prediction);
        if (sampler != null) {
            // The options of the request file belong to the sampler it names, not to this one.
            request.sampler(sampler).samplerOptions(Map.of());
        }
        samplerOptions.forEach(request::samplerOption);
    }
}
