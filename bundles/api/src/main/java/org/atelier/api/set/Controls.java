package org.atelier.api.set;

import java.util.List;
import java.util.Objects;

/**
 * The controls of a set.
 *
 * @param images for each kind, one for all controlled images or one for each of them in order; several kinds are
 *     combined. Default none
 * @param rules settings for all of them; default {@link ControlRules#DEFAULT}
 */
public record Controls(List<ControlInput> images, ControlRules rules) {

    /** Every default: none. */
    public static final Controls DEFAULT = new Controls(List.of(), ControlRules.DEFAULT);

    /** Makes defensive copies. */
    public Controls {
        Objects.requireNonNull(rules, "rules");
        images = List.copyOf(images);
    }

    /** Whether there are no controls. */
    public boolean isEmpty() {
        return images.isEmpty();
    }
}
