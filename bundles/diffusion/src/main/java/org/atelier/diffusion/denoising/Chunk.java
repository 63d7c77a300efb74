package org.atelier.diffusion.denoising;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.inversion.InvertedReferences;
import org.atelier.diffusion.window.View;
import org.atelier.diffusion.window.Window;

/**
 * Views that run through the network in one batch. They have the same attention.
 *
 * @param views at least one
 * @param references references whose rows precede the views in the same batch; usually none
 */
record Chunk(List<EncodedView> views, InvertedReferences references) {

    /** A given reference. */
    private static final View REFERENCE =
            new View(AttentionCall.GIVEN_REFERENCE, AttentionCall.GIVEN_REFERENCE, Window.WHOLE);

    /** Makes a defensive copy. */
    Chunk {
        views = List.copyOf(views);
    }

    /** A chunk without references. */
    Chunk(List<EncodedView> views) {
        this(views, InvertedReferences.NONE);
    }

    /** The attention of all views. */
    LayerAttentions attentions() {
        return views.get(0).attentions();
    }

    /** The image of each view. */
    List<Integer> images() {
        return views.stream().map(EncodedView::image).toList();
    }

    /** The view of each row. */
    private List<View> rows() {
        List<View> rows =
                new ArrayList<>(Collections.nCopies(references.inverted().size(), REFERENCE));
        views.forEach(encoded -> rows.add(encoded.view()));
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

    /** The prompt for each row. */
    List<String> prompts() {
        return Stream.concat(references.prompts().stream(), views.stream().map(view -> view.prompt()
                        .text()))
                .toList();
    }

    /** The conditioning for each row. */
    List<Conditioning> conditionings() {
        return Stream.concat(references.conditionings().stream(), views.stream().map(view -> view.prompt()
                        .conditioning()))
                .toList();
    }

    /** Whether the views can be split into smaller chunks. */
    boolean isDivisible() {
        return views.size() > 1 && attentions().coupling() != AttentionStrategy.Coupling.SET;
    }

    /** Splits a divisible chunk into chunks of at most {@code size} views. */
    List<Chunk> split(int size) {
        if (views.size() <= size) {
            return List.of(this);
        }
        List<Chunk> parts = new ArrayList<>();
        for (int first = 0; first < views.size(); first += size) {
            parts.add(new Chunk(views.subList(first, Math.min(views.size(), first + size)), references));
        }
        return parts;
    }
}
