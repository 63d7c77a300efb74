package org.atelier.blend.linear;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import org.atelier.api.Plugins;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.osgi.service.component.annotations.Component;

/**
 * The weighted sum of references: Σ wᵢ Lᵢ. Its norm is smaller than theirs, so the result is paler the more they
 * differ.
 */
@Component(factory = StyleBlend.FACTORY, factoryProperty = Plugins.NAME + "=linear")
public final class LinearBlend implements StyleBlend {

    @Override
    public Optional<NDArray> blend(List<WeightedLatents> references) {
        NDManager manager = references.get(0).latents().getManager();
        try (NDManager memory = manager.newSubManager()) {
            Optional<NDArray> sum = references.stream()
                    .map(reference -> weighted(reference, memory))
                    .reduce(NDArray::add);
            sum.ifPresent(result -> result.attach(manager));
            return sum;
        }
    }

    private static NDArray weighted(WeightedLatents reference, NDManager memory) {
        NDArray weighted = reference.latents().mul(reference.weight());
        weighted.attach(memory);
        return weighted;
    }
}
