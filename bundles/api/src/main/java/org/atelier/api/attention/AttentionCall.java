package org.atelier.api.attention;

import java.util.List;
import java.util.Optional;
import org.atelier.api.attention.Reference.Role;

/**
 * The inputs of an {@link Attention}: images of a set at one layer, one step and one half of guidance.
 *
 * <p>All rows of a call have the same references.
 *
 * @param layer the layer
 * @param own queries, keys and values of the images, (image, head, token, channel); at cross-attention the keys and
 *     values are those of the prompt's tokens. With {@link AttentionStrategy.Coupling#SET} these are the reference
 *     images, if there are any, then all images of the set; otherwise any subset of the set
 * @param references in the order of the request; empty unless the strategy's coupling is
 *     {@link AttentionStrategy.Coupling#REFERENCES}
 * @param step the denoising step
 * @param images the image of the set that each row is, from 0, or that it is a window of; {@link #GIVEN_REFERENCE} for a
 *     reference in the same batch
 * @param half the half of classifier-free guidance
 * @param kernels the tensor operations to use
 * @param maps cross-attention maps of the {@linkplain AttentionStrategy#observedWords observed words}
 */
public record AttentionCall(
        AttentionLayer layer,
        Heads own,
        List<Reference> references,
        DenoisingStep step,
        List<Integer> images,
        GuidanceHalf half,
        Kernels kernels,
        ObservedMaps maps) {

    /** The value in {@link #images} for a reference image, which is not an image of the set. */
    public static final int GIVEN_REFERENCE = -1;

    /** Makes defensive copies. */
    public AttentionCall {
        references = List.copyOf(references);
        images = List.copyOf(images);
    }

    /** The references whose style the images take; their weights sum to 1. */
    public List<Reference> styles() {
        return references.stream().filter(each -> each.role() == Role.STYLE).toList();
    }

    /** The reference whose content the images keep, if they have one. */
    public Optional<Reference> content() {
        return references.stream().filter(each -> each.role() == Role.CONTENT).findFirst();
    }
}
