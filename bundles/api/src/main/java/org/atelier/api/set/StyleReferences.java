package org.atelier.api.set;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The images whose style a set takes.
 *
 * @param images default none, for a set that follows its own first image. With references that is image 0, and the
 *     prompts' images begin at 1
 * @param blend name of what makes one of several references; default {@code slerp}, asked only where there are several
 * @param blendOptions the blend's options by name: Boolean, Number, String or a List of them; what is absent has its
 *     default
 */
public record StyleReferences(List<ReferenceFile> images, String blend, Map<String, Object> blendOptions) {

    /** Every default: none. */
    public static final StyleReferences DEFAULT = new StyleReferences(List.of(), "slerp", Map.of());

    /** Copies what could be changed from outside. */
    public StyleReferences {
        Objects.requireNonNull(blend, "blend");
        images = List.copyOf(images);
        blendOptions = OptionValues.copyOf(blendOptions);
    }

    /** Whether the set follows its own first image. */
    public boolean isEmpty() {
        return images.isEmpty();
    }
}
