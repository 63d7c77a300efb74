package org.example.mixing;

import ai.djl.ndarray.NDArray;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.atelier.api.Plugins;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.osgi.service.component.annotations.Component;

/** The reference of the largest weight, alone. */
@Component(factory = StyleBlend.FACTORY, factoryProperty = Plugins.NAME + "=heaviest")
public final class HeaviestBlend implements StyleBlend {

    @Override
    public Optional<NDArray> blend(List<WeightedLatents> references) {
        return references.stream()
                .max(Comparator.comparingDouble(WeightedLatents::weight))
                .map(heaviest -> heaviest.latents().duplicate());
    }
}
