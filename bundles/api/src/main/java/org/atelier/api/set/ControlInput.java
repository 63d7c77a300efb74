package org.atelier.api.set;

import java.util.Map;
import java.util.Objects;

/**
 * An image that controls the shapes of a set, or of one of its images, through a ControlNet.
 *
 * @param kind name of a control plugin, which preprocesses the image: {@code canny}, {@code picture}
 * @param file a PNG, JPEG or WebP; in a resolved request, its absolute path
 * @param sha256 of the file, 64 hexadecimal digits; {@code null}: any content. A changed file is an error
 * @param options the plugin's options by name: Boolean, Number, String or a List of them; absent options have their
 *     defaults
 * @param model the ControlNet: the name of an installed one, or its folder; {@code null}: the configured one for the
 *     kind and the set's model
 * @param scale conditioning scale, 0 to 10; default 1
 * @param start fraction of the steps at which control starts, from 0; default 0
 * @param end fraction of the steps at which control ends, above {@code start}, to 1; default 1
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

    /** Makes defensive copies. */
    public ControlInput {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        options = OptionValues.copyOf(options);
    }

    /** A control with default settings. */
    public static ControlInput of(String kind, String file) {
        return new ControlInput(kind, file, null, Map.of(), null, 1, 0, 1);
    }

    /** A copy with other options. */
    public ControlInput withOptions(Map<String, Object> newOptions) {
        return new ControlInput(kind, file, sha256, newOptions, model, scale, start, end);
    }
}
