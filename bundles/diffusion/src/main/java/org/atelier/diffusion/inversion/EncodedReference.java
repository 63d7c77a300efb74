package org.atelier.diffusion.inversion;

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
import org.atelier.diffusion.sampling.FiniteCheck;
import org.atelier.diffusion.sampling.ReferenceImage;
import org.atelier.diffusion.sampling.ReferenceImages;
import org.atelier.tensor.TorchKernels;

/**
 * A reference of a set in latent space: an encoded image, or a blend of several.
 *
 * @param latents clean, (1, channel, height, width)
 * @param prompt describes it; the joined prompts for a blend
 * @param use what the set takes from it
 */
public record EncodedReference(NDArray latents, String prompt, ReferenceUse use) {

    /**
     * Encodes the reference images. Several style references that apply to all images are blended, unless the blend keeps
     * them separate. Other references are appended unchanged.
     *
     * @param encoder encodes an image to latents
     * @param kernels check the latents
     */
    public static List<EncodedReference> of(
            ReferenceImages references, Function<BufferedImage, NDArray> encoder, TorchKernels kernels) {
        List<EncodedReference> styles = new ArrayList<>();
        List<EncodedReference> others = new ArrayList<>();
        for (ReferenceImage reference : references.images()) {
            NDArray latents = encoder.apply(reference.image());
            FiniteCheck.requireEncoded(kernels, latents, styles.size() + others.size());
            EncodedReference encoded = new EncodedReference(latents, reference.prompt(), reference.use());
            boolean isCommonStyle =
                    encoded.use.role() == Role.STYLE && encoded.use.images().isEmpty();
            (isCommonStyle ? styles : others).add(encoded);
        }
        List<EncodedReference> all =
                new ArrayList<>(styles.size() > 1 ? blended(styles, references.blend(), kernels) : styles);
        all.addAll(others);
        return all;
    }

    private static List<EncodedReference> blended(
            List<EncodedReference> styles, StyleBlend blend, TorchKernels kernels) {
        Optional<NDArray> latents = blend.blend(styles.stream()
                .map(style -> new WeightedLatents(style.latents, style.use.weight()))
                .toList());
        latents.ifPresent(blended -> FiniteCheck.requireBlend(kernels, blended));
        String prompts = styles.stream().map(EncodedReference::prompt).collect(Collectors.joining(", "));
        return latents.map(one -> List.of(new EncodedReference(one, prompts, ReferenceUse.style(1))))
                .orElse(styles);
    }
}
