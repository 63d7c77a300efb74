package org.atelier.plugins.checked;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;

/** A blend whose faults name it. */
public record CheckedBlend(PluginCalls calls, StyleBlend blend) implements StyleBlend {

    private static final String METHOD = "blend()";

    @Override
    public Optional<NDArray> blend(List<WeightedLatents> references) {
        Optional<NDArray> blended = calls.call(METHOD, () -> blend.blend(references));
        blended.ifPresent(latents ->
                calls.requireShape(latents, references.get(0).latents().getShape(), METHOD));
        return blended;
    }
}
