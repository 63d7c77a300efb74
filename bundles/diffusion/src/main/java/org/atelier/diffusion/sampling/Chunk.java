package org.atelier.diffusion.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.conditioning.Conditioning;

/**
 * Images that pass the network together, and how they attend.
 *
 * @param references references that pass with them, before them, to be seen; mostly none
 * @param conditioning what the references and the images are to show, a row for each
 */
record Chunk(
        List<Integer> images, InvertedReferences references, Conditioning conditioning, LayerAttentions attentions) {

    /** The places in the set of all that pass. */
    List<Integer> imageIndices() {
        List<Integer> places =
                new ArrayList<>(Collections.nCopies(references.each().size(), AttentionCall.GIVEN_REFERENCE));
        places.addAll(images);
        return places;
    }

    /** Whether its images may as well pass in smaller chunks. */
    boolean isDivisible() {
        return images.size() > 1 && attentions.coupling() != AttentionStrategy.Coupling.SET;
    }
}
