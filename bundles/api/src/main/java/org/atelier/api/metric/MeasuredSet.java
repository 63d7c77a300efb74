package org.atelier.api.metric;

import java.util.List;
import java.util.stream.Stream;

/**
 * A set as metrics see it.
 *
 * @param pictures in the order of the prompts, at least one
 * @param references whose style the set took; none where it follows its own first picture
 */
public record MeasuredSet(List<MeasuredPicture> pictures, List<MeasuredPicture> references) {

    /** Copies what could be changed from outside. */
    public MeasuredSet {
        pictures = List.copyOf(pictures);
        references = List.copyOf(references);
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("a set has at least one picture");
        }
    }

    /** Pictures that follow the first of them. */
    public static MeasuredSet of(List<MeasuredPicture> pictures) {
        return new MeasuredSet(pictures, List.of());
    }

    /** The pictures, then the references: what the numbers of a {@link Comparison} count. */
    public List<MeasuredPicture> all() {
        return Stream.concat(pictures.stream(), references.stream()).toList();
    }
}
