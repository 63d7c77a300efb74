package org.atelier.diffusion.attention;

import java.util.Set;
import org.atelier.api.attention.Reference.Role;

/**
 * What a set takes from a reference.
 *
 * @param role style or content
 * @param weight relative to the other references of its role, in (0, 1]; the weights that apply to one image sum to 1
 * @param images indices of the images it applies to; empty for all
 */
public record ReferenceUse(Role role, double weight, Set<Integer> images) {

    /** Makes defensive copies. */
    public ReferenceUse {
        images = Set.copyOf(images);
    }

    /** A style reference for all images. */
    public static ReferenceUse style(double weight) {
        return new ReferenceUse(Role.STYLE, weight, Set.of());
    }

    public boolean appliesTo(int image) {
        return images.isEmpty() || images.contains(image);
    }
}
