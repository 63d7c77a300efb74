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
                    halves.apart(own).stream().map(half -> seen(half, keeping)).toList());
        }
        return attentions.attendPlainly(own);
    }

    @Override
    public NDArray normalise(GroupNorm norm, NDArray hidden) {
        if (attentions.sharesGroupNorm()) {
            moments.put(norm, seen(norm.moments(hidden), keeping));
        }
        return Sharing.super.normalise(norm, hidden);
    }

    /**
     * What the reference shows at a shared layer, for one half of guidance.
     *
     * @param pass that the arrays belong to, so that what is made of them is freed with it
     */
    List<Reference> at(int layer, int half, NDManager pass) {
        return List.of(new Reference(seen(heads.get(layer).get(half), pass), WHOLE));
    }

    /** The reference's moments at a group normalisation: (2, half, group), in {@code pass}. */
    NDArray momentsAt(GroupNorm norm, NDManager pass) {
        return seen(moments.get(norm), pass);
    }

    private static Heads seen(Heads heads, NDManager manager) {
        return new Heads(seen(heads.query(), manager), seen(heads.key(), manager), seen(heads.value(), manager));
    }

    /** A view that lives as long as that manager, whatever becomes of the array itself. */
    private static NDArray seen(NDArray array, NDManager manager) {
        NDArray view = array.get(":");
        view.attach(manager);
        return view;
    }
}
