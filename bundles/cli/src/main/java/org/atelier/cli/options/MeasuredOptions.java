package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.set.ReferenceFile;
import picocli.CommandLine.Option;

/** The options that describe images to be measured. */
public final class MeasuredOptions {

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description = "The whole prompt of an image; one for each, in order. Default: those in set.json or in the"
                    + " images' metadata.")
    private List<String> prompts = List.of();

    @Option(
            names = "--reference",
            paramLabel = "FILE[=WEIGHT]",
            description = "A PNG, JPEG or WebP image whose style the images should have, and its weight; repeatable."
                    + " Default: those in set.json, else the first image.")
    private List<String> references = List.of();

    public List<String> prompts() {
        return prompts;
    }

    /** The references, relative to a folder. */
    public List<ReferenceFile> references(Path folder) {
        return references.stream()
                .map(text -> ReferenceOptions.parsed(text, folder))
                .toList();
    }
}
