package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Reference;

/**
 * A step's pass of the reference: it attends to itself alone, since sharing with itself changes nothing, and each
 * shared layer keeps what the targets' passes of this step will take from it.
 */
final class ReferencePass implements Sharing {

    private static final double WHOLE = 1;

    private final LayerAttentions attentions;
    private final GuidanceHalves halves;
    private final NDManager keeping;
    private final Map<Integer, List<Heads>> heads = new HashMap<>();
    private final Map<GroupNorm, NDArray> moments = new HashMap<>();

    /** @param keeping lives as long as the targets' passes of this step */
    ReferencePass(LayerAttentions attentions, GuidanceHalves halves, NDManager keeping) {
        this.attentions = attentions;
        this.halves = halves;
        this.keeping = keeping;
    }

    @Override
    public NDArray attend(int layer, Heads own) {
        if (!attentions.isPlain(layer)) {
            heads.put(
                    layer,
                    halves.apart(own).stream()
                            .map(half -> new Heads(kept(half.query()), kept(half.key()), kept(half.value())))
                            .toList());
        }
        return attentions.attendPlainly(own);
    }

    @Override
    public NDArray normalise(GroupNorm norm, NDArray hidden) {
        if (attentions.sharesGroupNorm()) {
            moments.put(norm, kept(norm.moments(hidden)));
        }
        return Sharing.super.normalise(norm, hidden);
    }

    /** A view of its own, since the pass closes what it gave. */
    private NDArray kept(NDArray array) {
        NDArray view = array.get(":");
        view.attach(keeping);
        return view;
    }

    /** What the reference shows at a shared layer, for one half of guidance. */
    List<Reference> at(int layer, int half) {
        return List.of(new Reference(heads.get(layer).get(half), WHOLE));
    }

    /** The reference's moments at a group normalisation: (2, half, group). */
    NDArray momentsAt(GroupNorm norm) {
        return moments.get(norm);
    }
}
