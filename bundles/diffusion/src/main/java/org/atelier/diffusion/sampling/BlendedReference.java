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
 * A reference as used by the set: one image, a blend of several, or one of several separate ones.
 *
 * @param latents clean, (1, channel, height, width)
 * @param prompt describes it; the joined prompts for a blend
 * @param use what the set takes from it
 */
public record BlendedReference(NDArray latents, String prompt, ReferenceUse use) {

    /**
     * Blends the style references that apply to all images, if there are several. Other references follow unchanged.
     *
     * @param encoder encodes an image to latents
     * @param finite checks the latents
     */
    public static List<BlendedReference> of(
            ReferenceImages references, Function<BufferedImage, NDArray> encoder, FiniteCheck finite) {
        List<BlendedReference> styles = new ArrayList<>();
        List<BlendedReference> others = new ArrayList<>();
        for (ReferenceImage reference : references.images()) {
            NDArray latents = encoder.apply(reference.image());
            finite.requireEncoded(latents, styles.size() + others.size());
            BlendedReference encoded = new BlendedReference(latents, reference.prompt(), reference.use());
            boolean isCommonStyle =
                    encoded.use.role() == Role.STYLE && encoded.use.images().isEmpty();
            (isCommonStyle ? styles : others).add(encoded);
        }
        List<BlendedReference> all =
                new ArrayList<>(styles.size() > 1 ? blended(styles, references.blend(), finite) : styles);
        all.addAll(others);
        return all;
    }

    private static List<BlendedReference> blended(List<BlendedReference> styles, StyleBlend blend, FiniteCheck finite) {
        Optional<NDArray> latents = blend.blend(styles.stream()
                .map(each -> new WeightedLatents(each.latents, each.use.weight()))
                .toList());
        latents.ifPresent(finite::requireBlend);
        String prompts = styles.stream().map(BlendedReference::prompt).collect(Collectors.joining(", "));
        return latents.map(one -> List.of(new BlendedReference(one, prompts, ReferenceUse.style(1))))
                .orElse(styles);
    }
}
