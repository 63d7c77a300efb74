package org.atelier.api.metric;

import java.util.List;
import java.util.stream.Stream;

/**
 * A set to be measured.
 *
 * @param images in the order of the prompts, at least one
 * @param references its reference images; empty if it takes its style from its own first image
 */
public record MeasuredSet(List<MeasuredImage> images, List<MeasuredImage> references) {

    /** Makes defensive copies. */
    public MeasuredSet {
        images = List.copyOf(images);
        references = List.copyOf(references);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("A set must have at least one image.");
        }
    }

    /** A set that takes its style from its own first image. */
    public static MeasuredSet of(List<MeasuredImage> images) {
        return new MeasuredSet(images, List.of());
    }

    /** The images, then the references: the indices of a {@link Comparison} refer to this list. */
    public List<MeasuredImage> all() {
        return Stream.concat(images.stream(), references.stream()).toList();
    }
}
