package org.atelier.cli.options;

import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** What all images of a set have in common. */
public final class ImageOptions {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|DIR",
            description =
                    "A model that is here (atelier models), or a folder in diffusers' layout. Default: ${bundle:default.model}.")
    private String model;

    @Option(
            names = "--pull",
            description =
                    "Fetches from the hub what is not here of the models that are needed, those of contexts and controls too;"
                            + " nothing is ever fetched without it.")
    private boolean pull;

    @Option(names = "--style", paramLabel = "TEXT", description = "Each prompt becomes \"PROMPT, TEXT\".")
    private String style;

    @Option(
            names = {"-n", "--negative-prompt"},
            paramLabel = "TEXT",
            description = "What no image should show.")
    private String negativePrompt;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Image i is generated from the noise of seed N + i. Default: ${bundle:default.seed}, and printed.")
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

    /** Whether a style was named, be it none. */
    public boolean hasStyle() {
        return style != null;
    }

    public void into(SetRequestBuilder request) {
        Given.pass(model, request::model);
        Given.pass(style, request::style);
        Given.pass(negativePrompt, request::negativePrompt);
        Given.pass(seed, request::seed);
        if (size != null) {
            request.width(size.width()).height(size.height());
        }
        Given.pass(width, request::width);
        Given.pass(height, request::height);
    }

    public boolean pull() {
        return pull;
    }
}
