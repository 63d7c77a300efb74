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
                    "How closely to follow the prompt; 1 and below is without guidance. Default: ${bundle:default.cfg_scale}.")
    private Double cfgScale;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = "How noise becomes an image; atelier plugins lists the samplers. "
                    + "Default: ${bundle:default.sampler}.")
    private String sampler;

    @Option(
            names = "--sampler-option",
            paramLabel = "KEY=VALUE",
            description = "An option of the sampler; repeatable. An unknown key lists the known ones.")
    private Map<String, String> samplerOptions = new LinkedHashMap<>();

    public void into(SetRequestBuilder request) {
        Given.pass(steps, request::steps);
        Given.pass(cfgScale, request::cfgScale);
        if (sampler != null) {
            // Another sampler has other options: those of a request file were for its own.
            request.sampler(sampler).samplerOptions(Map.of());
        }
        samplerOptions.forEach(request::samplerOption);
    }
}
