package org.atelier.blend.slerp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import org.atelier.api.Plugins;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.osgi.service.component.annotations.Component;

/**
 * The "weighted SLERP" of the multi-reference StyleAligned repository, unchanged, for comparison with published
 * results. It is not a spherical mean of the references: it interpolates row by row, starts from the first reference
 * times its weight, and depends on their order. Rows without an arc between them, for which the original gives NaN or
 * noise, are interpolated linearly: parallel ones, opposite ones, and zeros.
 */
@Component(factory = StyleBlend.FACTORY, factoryProperty = Plugins.NAME + "=slerp-reference")
public final class ReferenceSphericalBlend implements StyleBlend {

    private static final int[] ROW = {-1};

    /** Below this cosine two rows are opposite: every great circle passes through both. */
    private static final double OPPOSITE = -0.9995;

    @Override
    public Optional<NDArray> blend(List<WeightedLatents> references) {
        NDManager manager = references.get(0).latents().getManager();
        try (NDManager memory = manager.newSubManager()) {
            NDArray blended =
                    copy(references.get(0), memory).mul(references.get(0).weight());
            for (WeightedLatents next : references.subList(1, references.size())) {
                blended = slerp(next.weight(), blended, copy(next, memory));
            }
            blended.attach(manager);
            return Optional.of(blended);
        }
    }

    private static NDArray copy(WeightedLatents reference, NDManager memory) {
        NDArray copy = reference.latents().duplicate();
        copy.attach(memory);
        return copy;
    }

    /** Interpolates from {@code from} to {@code to}, both (…, row). */
    private static NDArray slerp(double part, NDArray from, NDArray to) {
        NDArray cosine = normalised(from).mul(normalised(to)).sum(ROW, true);
        // False for NaN too, the cosine of a row of zeros.
        NDArray hasArc = cosine.lt(1).logicalAnd(cosine.gt(OPPOSITE)).broadcast(from.getShape());
        NDArray linear = from.mul(1 - part).add(to.mul(part));
        return NDArrays.where(hasArc, alongArc(part, from, to, cosine.acos()), linear);
    }

    private static NDArray alongArc(double part, NDArray from, NDArray to, NDArray angle) {
        NDArray sine = angle.sin();
        NDArray ofFrom = angle.mul(1 - part).sin().div(sine).mul(from);
        NDArray ofTo = angle.mul(part).sin().div(sine).mul(to);
        return ofFrom.add(ofTo);
    }

    private static NDArray normalised(NDArray rows) {
        return rows.div(rows.square().sum(ROW, true).sqrt());
    }
}
