package org.atelier.cli.options;

import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** How every variant of an evaluation is drawn. */
public final class SamplingOptions {

    @Option(names = "--steps", paramLabel = "N", description = "Denoising steps. Default: ${bundle:default.steps}.")
    private Integer steps;

    @Option(
            names = {"--cfg-scale", "--guidance-scale"},
            paramLabel = "X",
            description =
                    "How closely to follow the prompt; 1 and below is without guidance. Default: ${bundle:default.cfgScale}.")
    private Double cfgScale;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = "How noise becomes a picture; atelier plugins lists the samplers. "
                    + "Default: ${bundle:default.sampler}.")
    private String sampler;

    public void into(SetRequestBuilder request) {
        Given.pass(steps, request::steps);
        Given.pass(cfgScale, request::cfgScale);
        Given.pass(sampler, request::sampler);
    }
}
