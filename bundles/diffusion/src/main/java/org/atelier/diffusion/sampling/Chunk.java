package org.atelier.diffusion.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.window.View;
import org.atelier.diffusion.window.Window;

/**
 * Views of images that run through the network in one batch, with their attention.
 *
 * @param references references whose rows precede the views in the same batch; usually none
 */
record Chunk(List<View> views, InvertedReferences references, LayerAttentions attentions) {

    /** A given reference. */
    private static final View REFERENCE =
            new View(AttentionCall.GIVEN_REFERENCE, AttentionCall.GIVEN_REFERENCE, Window.WHOLE);

    /** The image of each view. */
    List<Integer> images() {
        return views.stream().map(View::image).toList();
    }

    /** The view of each row. */
    private List<View> rows() {
        List<View> rows =
                new ArrayList<>(Collections.nCopies(references.inverted().size(), REFERENCE));
        rows.addAll(views);
        return rows;
    }

    /** The index in the set for each row. */
    List<Integer> imageIndices() {
        return rows().stream().map(View::image).toList();
    }

    /** The number of the view for each row. */
    List<Integer> viewNumbers() {
        return rows().stream().map(View::number).toList();
    }

    /** The window for each row. */
    List<Window> windows() {
        return rows().stream().map(View::window).toList();
    }

    /** Whether the views can be split into smaller chunks. */
    boolean isDivisible() {
        return views.size() > 1 && attentions.coupling() != AttentionStrategy.Coupling.SET;
    }
}
