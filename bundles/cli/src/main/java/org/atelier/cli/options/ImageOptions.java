package org.atelier.cli.options;

import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The options that apply to all images of a set. */
public final class ImageOptions {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|DIR",
            description = "An installed model (see atelier models), or a folder in diffusers' layout. Default:"
                    + " ${bundle:default.model}.")
    private String model;

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

    public void into(SetRequestBuilder request) {
        OptionValue.ifGiven(model, request::model);
        OptionValue.ifGiven(style, request::style);
        OptionValue.ifGiven(negativePrompt, request::negativePrompt);
        OptionValue.ifGiven(seed, request::seed);
        if (size != null) {
            request.width(size.width()).height(size.height());
        }
        OptionValue.ifGiven(width, request::width);
        OptionValue.ifGiven(height, request::height);
    }

    public boolean pull() {
        return pull;
    }
}
