package org.atelier.api.set;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The reference images, whose style a set takes, and the content images that it redraws.
 *
 * @param images default none: the set takes its style from its own first image. References are image 0, and the
 *     prompts' images start at 1
 * @param contents images that are redrawn in the style of the reference, one for each image of the set; default none
 * @param blend name of the blend for several references; default {@code slerp}
 * @param blendOptions the blend's options by name: Boolean, Number, String or a List of them; absent options have their
 *     defaults
 */
public record StyleReferences(
        List<ReferenceFile> images, List<ImageFile> contents, String blend, Map<String, Object> blendOptions) {

    /** Every default: none. */
    public static final StyleReferences DEFAULT = new StyleReferences(List.of(), List.of(), "slerp", Map.of());

    /** Makes defensive copies. */
    public StyleReferences {
        Objects.requireNonNull(blend, "blend");
        images = List.copyOf(images);
        contents = List.copyOf(contents);
        blendOptions = OptionValues.copyOf(blendOptions);
    }

    /** Whether there are no references. */
    public boolean isEmpty() {
        return images.isEmpty();
    }
}
