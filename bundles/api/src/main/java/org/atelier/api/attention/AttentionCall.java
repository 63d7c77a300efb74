package org.atelier.api.attention;

import java.util.List;
import java.util.Optional;
import org.atelier.api.attention.Reference.Role;

/**
 * What an {@link Attention} computes with: images of a set at one layer, one step and one half of guidance.
 *
 * <p>All rows of a call have the same references.
 *
 * @param layer where it stands
 * @param own queries, keys and values of the images, (image, head, token, channel); at cross-attention the keys and values
 *     are those of the prompt's tokens. With {@link AttentionStrategy.Coupling#SET} these are all images of the set,
 *     behind the references if such were given; else any part of it
 * @param references in the order of the request; empty unless the strategy's coupling is
 *     {@link AttentionStrategy.Coupling#REFERENCES}
 * @param step the denoising step
 * @param images which image of the set each row is, from 0; {@link #GIVEN_REFERENCE} for a reference that passes with
 *     the set
 * @param half which half of classifier-free guidance the rows are
 * @param kernels what to compute with
 * @param maps what the strategy has {@linkplain AttentionStrategy#observedWords observed}
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

    /** Stands among {@link #images} for a given reference, which is no image of the set. */
    public static final int GIVEN_REFERENCE = -1;

    /** Copies what could be changed from outside. */
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
