package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Reference;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.unet.AttentionProcessor;

/** A step's pass of images that attend as the set's strategy says, with a reference or among themselves. */
public final class SharedAttentionProcessor implements AttentionProcessor {

    private final LayerAttentions attentions;
    private final GuidanceHalves halves;
    private final ReferenceFeatureRecorder reference;

    /** @param reference has passed at this step; {@code null} for a strategy that asks for none */
    public SharedAttentionProcessor(
            LayerAttentions attentions, GuidanceHalves halves, ReferenceFeatureRecorder reference) {
        this.attentions = attentions;
        this.halves = halves;
        this.reference = reference;
    }

    @Override
    public NDArray attend(int layer, Heads own) {
        if (attentions.isPlain(layer)) {
            return attentions.attendPlainly(own);
        }
        List<NDArray> attended = new ArrayList<>();
        for (Heads half : halves.apart(own)) {
            NDManager pass = own.query().getManager();
            List<Reference> references = reference == null ? List.of() : reference.at(layer, attended.size(), pass);
            attended.add(attentions.attend(layer, half, references));
        }
        return halves.together(attended);
    }

    @Override
    public NDArray normalise(GroupNorm norm, NDArray hidden) {
        if (reference == null || !attentions.sharesGroupNorm()) {
            return AttentionProcessor.super.normalise(norm, hidden);
        }
        return norm.forward(
                hidden, momentsForEach(norm, hidden.getShape().get(0), hidden.getManager()), reference.areaAt(norm));
    }

    /** Each half's moments of the reference, for each of that half's images: (2, image, group). */
    private NDArray momentsForEach(GroupNorm norm, long images, NDManager pass) {
        NDArray moments = reference.momentsAt(norm, pass);
        long groups = moments.getShape().get(2);
        long perHalf = images / halves.count();
        return moments.expandDims(2)
                .broadcast(new Shape(2, halves.count(), perHalf, groups))
                .reshape(2, images, groups);
    }
}
