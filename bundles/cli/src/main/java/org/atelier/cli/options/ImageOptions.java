package org.atelier.cli.options;

import org.atelier.api.Faults;
import org.atelier.api.model.ModelFile;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The options that apply to all images of a set. */
public final class ImageOptions {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|DIR|FILE",
            description =
                    "An installed model (see atelier models), a folder in diffusers' layout, or a safetensors file with"
                            + " a whole model or, with --model-config, a UNet. Default: ${bundle:default.model}.")
    private String model;

    @Option(
            names = "--model-config",
            paramLabel = "NAME|DIR",
            description = "The model whose configuration and tokenizers a model in a single file uses. Default:"
                    + " ${bundle:default.model_config}.")
    private String modelConfig;

    @Option(
            names = "--vae",
            paramLabel = "NAME|DIR|FILE",
            description = "Replaces the VAE. Default: ${bundle:default.vae}.")
    private String vae;

    @Option(
            names = "--pull",
            description = "Downloads required models that are missing, including those of contexts and controls;"
                    + " without this option nothing is downloaded.")
    private boolean pull;

    @Option(names = "--style", paramLabel = "TEXT", description = "Each prompt becomes \"PROMPT, TEXT\".")
    private String style;

    @Option(
            names = {"-n", "--negative-prompt"},
            paramLabel = "TEXT",
            description = "What the images should not show.")
    private String negativePrompt;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Image i uses the seed N + i. Default: ${bundle:default.seed}, and printed.")
    private Long seed;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = ImageSize.Converter.class,
            description = "Width and height in pixels. Default: ${bundle:default.width}.")
    private ImageSize size;

    @Option(names = "--width", paramLabel = "N", description = "Width in pixels.")
    private Integer width;

    @Option(names = "--height", paramLabel = "N", description = "Height in pixels.")
    private Integer height;

    /** Whether a style is given; it may be empty. */
    public boolean hasStyle() {
        return style != null;
    }

    /** @param faults collects sizes that contradict each other */
    public void into(SetRequestBuilder request, Faults faults) {
        if (model != null) {
            // The hash and the configuration of the request file belong to the model that it names.
            request.model(model).modelSha256(null).modelConfig(null);
        }
        OptionValue.ifGiven(modelConfig, request::modelConfig);
        OptionValue.ifGiven(vae, name -> request.vae(new ModelFile(name, null)));
        OptionValue.ifGiven(style, request::style);
        OptionValue.ifGiven(negativePrompt, request::negativePrompt);
        OptionValue.ifGiven(seed, request::seed);
        if (size != null) {
            request.width(size.width()).height(size.height());
            requireSame("--width", width, size.width(), faults);
            requireSame("--height", height, size.height(), faults);
        }
        OptionValue.ifGiven(width, request::width);
        OptionValue.ifGiven(height, request::height);
    }

    private void requireSame(String option, Integer given, int ofSize, Faults faults) {
        faults.require(
                given == null || given == ofSize,
                "%s %d contradicts --size %dx%d; give one of them."
                        .formatted(option, given, size.width(), size.height()));
    }

    public boolean pull() {
        return pull;
    }
}
