package org.atelier.it.harness;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;

/** Blends (3, 0) and (0, 4) with equal weights with every blend plugin. */
public final class BlendProbe implements Callable<Map<String, String>> {

    @Override
    public Map<String, String> call() throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            List<WeightedLatents> halves = List.of(
                    new WeightedLatents(manager.create(new float[] {3, 0}), .5),
                    new WeightedLatents(manager.create(new float[] {0, 4}), .5));
            return PluginFactory.<StyleBlend>useAll(StyleBlend.FACTORY, blend -> blend.blend(halves)
                    .map(NDArray::toFloatArray)
                    .map(BlendProbe::format)
                    .orElse("apart"));
        }
    }

    private static String format(float... pair) {
        return String.format(Locale.ROOT, "(%.4f, %.4f)", pair[0], pair[1]);
    }
}
