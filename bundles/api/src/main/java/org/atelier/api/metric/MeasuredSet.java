package org.atelier.api.metric;

import java.util.List;
import java.util.stream.Stream;

/**
 * A set as metrics see it.
 *
 * @param images in the order of the prompts, at least one
 * @param references whose style the set took; none where it follows its own first image
 */
public record MeasuredSet(List<MeasuredImage> images, List<MeasuredImage> references) {

    /** Copies what could be changed from outside. */
    public MeasuredSet {
        images = List.copyOf(images);
        references = List.copyOf(references);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a set has at least one image");
        }
    }

    /** Images that follow the first of them. */
    public static MeasuredSet of(List<MeasuredImage> images) {
        return new MeasuredSet(images, List.of());
    }

    /** The images, then the references: what the numbers of a {@link Comparison} count. */
    public List<MeasuredImage> all() {
        return Stream.concat(images.stream(), references.stream()).toList();
    }
}
