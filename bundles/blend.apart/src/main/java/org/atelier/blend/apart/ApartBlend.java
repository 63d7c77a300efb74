package org.atelier.blend.apart;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.atelier.api.Plugins;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.osgi.service.component.annotations.Component;

/** Keeps references separate: each is reconstructed separately and attended to with its own weight. */
@Component(
        factory = StyleBlend.FACTORY,
        factoryProperty = {Plugins.NAME + "=apart", Plugins.SEPARATE + "=true"})
public final class ApartBlend implements StyleBlend {

    @Override
    public Optional<NDArray> blend(List<WeightedLatents> references) {
        return Optional.empty();
    }
}
