package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.api.blend.WeightedLatents;

/**
 * A reference as the set follows it: one picture, a blend of several, or one of several that are kept apart.
 *
 * @param latents clean, (1, channel, height, width)
 * @param prompt what it shows; of a blend, all prompts joined
 * @param weight its share, in (0, 1]
 */
public record BlendedReference(NDArray latents, String prompt, double weight) {

    /** @param encoder makes latents of a picture */
    public static List<BlendedReference> of(ReferenceImages references, Function<BufferedImage, NDArray> encoder) {
        List<BlendedReference> apart = new ArrayList<>();
        for (ReferenceImage reference : references.pictures()) {
            apart.add(new BlendedReference(encoder.apply(reference.picture()), reference.prompt(), reference.weight()));
        }
        if (apart.size() == 1) {
            return apart;
        }
        Optional<NDArray> blend = references
                .blend()
                .blend(apart.stream()
                        .map(each -> new WeightedLatents(each.latents, each.weight))
                        .toList());
        String prompts = apart.stream().map(BlendedReference::prompt).collect(Collectors.joining(", "));
        return blend.map(latents -> List.of(new BlendedReference(latents, prompts, 1)))
                .orElse(apart);
    }
}
