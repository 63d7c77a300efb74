package org.atelier.api.set;

import java.util.List;
import java.util.Objects;

/**
 * What fixes the shapes of a set.
 *
 * @param images of each kind one for all images that follow, or one for each of them, in order; several kinds act
 *     together. Default none
 * @param rules what holds for all of them; default {@link ControlRules#DEFAULT}
 */
public record Controls(List<ControlInput> images, ControlRules rules) {

    /** Every default: none. */
    public static final Controls DEFAULT = new Controls(List.of(), ControlRules.DEFAULT);

    /** Copies what could be changed from outside. */
    public Controls {
        Objects.requireNonNull(rules, "rules");
        images = List.copyOf(images);
    }

    /** Whether nothing is fixed. */
    public boolean isEmpty() {
        return images.isEmpty();
    }
}
