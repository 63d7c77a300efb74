package org.atelier.it.api.consumer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;

/** A blend that returns the first reference. */
public final class FirstStyle implements StyleBlend {

    @Override
    public Optional<NDArray> blend(List<WeightedLatents> references) {
        return Optional.of(references.get(0).latents());
    }
}
