package org.atelier.api.set;

import java.util.Map;
import java.util.Objects;

/**
 * An image that fixes the shapes of a set, or of one image of it, through a ControlNet.
 *
 * @param kind name of a control plugin, which makes of the image what the network sees: {@code canny}, {@code picture}
 * @param file a PNG, JPEG or WebP; a settled request has its absolute path
 * @param sha256 of the file, 64 hexadecimal digits; open: whatever the file is. A file that has changed is refused
 * @param options the plugin's options by name: Boolean, Number, String or a List of them; what is absent has its default
 * @param model the ControlNet: the name of one that is here, or its folder; open: the operator's choice for the kind and
 *     the set's model
 * @param scale how strongly shapes are followed, 0 to 10; default 1
 * @param start the part of all steps after which it begins, from 0; default 0
 * @param end the part of all steps after which it ends, above {@code start}, to 1; default 1
 */
public record ControlInput(
        String kind,
        String file,
        String sha256,
        Map<String, Object> options,
        String model,
        double scale,
        double start,
        double end) {

    /** Copies what could be changed from outside. */
    public ControlInput {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        options = OptionValues.copyOf(options);
    }

    /** An image with every default. */
    public static ControlInput of(String kind, String file) {
        return new ControlInput(kind, file, null, Map.of(), null, 1, 0, 1);
    }

    /** The same control with other options of its plugin. */
    public ControlInput with(Map<String, Object> others) {
        return new ControlInput(kind, file, sha256, others, model, scale, start, end);
    }
}
