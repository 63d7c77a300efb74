package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.api.attention.Reference.Role;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.atelier.diffusion.attention.ReferenceUse;

/**
 * A reference as the set follows it: one image, a blend of several, or one of several that are kept apart.
 *
 * @param latents clean, (1, channel, height, width)
 * @param prompt what it shows; of a blend, all prompts joined
 * @param use what is taken from it
 */
public record BlendedReference(NDArray latents, String prompt, ReferenceUse use) {

    /**
     * Blends the styles of all images, where there are several; other references stay as they are, behind them.
     *
     * @param encoder makes latents of an image
     */
    public static List<BlendedReference> of(ReferenceImages references, Function<BufferedImage, NDArray> encoder) {
        List<BlendedReference> styles = new ArrayList<>();
        List<BlendedReference> others = new ArrayList<>();
        for (ReferenceImage reference : references.images()) {
            BlendedReference apart =
                    new BlendedReference(encoder.apply(reference.image()), reference.prompt(), reference.use());
            boolean isCommonStyle =
                    apart.use.role() == Role.STYLE && apart.use.images().isEmpty();
            (isCommonStyle ? styles : others).add(apart);
        }
        List<BlendedReference> all = new ArrayList<>(styles.size() > 1 ? blended(styles, references.blend()) : styles);
        all.addAll(others);
        return all;
    }

    private static List<BlendedReference> blended(List<BlendedReference> styles, StyleBlend blend) {
        Optional<NDArray> latents = blend.blend(styles.stream()
                .map(each -> new WeightedLatents(each.latents, each.use.weight()))
                .toList());
        String prompts = styles.stream().map(BlendedReference::prompt).collect(Collectors.joining(", "));
        return latents.map(one -> List.of(new BlendedReference(one, prompts, ReferenceUse.style(1))))
                .orElse(styles);
    }
}
