package org.atelier.diffusion.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.conditioning.Conditioning;

/**
 * Images that run through the network in one batch, with their attention.
 *
 * @param references references whose rows precede the images in the same batch; usually none
 * @param conditioning one row for each reference and image
 */
record Chunk(
        List<Integer> images, InvertedReferences references, Conditioning conditioning, LayerAttentions attentions) {

    /** The index in the set for each row. */
    List<Integer> imageIndices() {
        List<Integer> indices =
                new ArrayList<>(Collections.nCopies(references.inverted().size(), AttentionCall.GIVEN_REFERENCE));
        indices.addAll(images);
        return indices;
    }

    /** Whether the images can be split into smaller chunks. */
    boolean isDivisible() {
        return images.size() > 1 && attentions.coupling() != AttentionStrategy.Coupling.SET;
    }
}
