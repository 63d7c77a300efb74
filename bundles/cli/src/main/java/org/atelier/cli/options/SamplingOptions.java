package org.atelier.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The denoising steps, guidance and sampler. */
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
        if (sampler != null) {
            // The options of the request file belong to the sampler it names, not to this one.
            request.sampler(sampler).samplerOptions(Map.of());
        }
        samplerOptions.forEach(request::samplerOption);
    }
}
