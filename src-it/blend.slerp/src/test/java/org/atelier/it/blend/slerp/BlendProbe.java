package org.atelier.it.blend.slerp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.atelier.it.harness.PluginFactory;

/** Blends (3, 0) and (0, 4) half and half. */
public final class BlendProbe implements Callable<String> {

    @Override
    public String call() throws Exception {
        return blended("slerp") + " and " + blended("slerp-reference");
    }

    private static String blended(String name) throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            List<WeightedLatents> halves = List.of(
                    new WeightedLatents(manager.create(new float[] {3, 0}), .5),
                    new WeightedLatents(manager.create(new float[] {0, 4}), .5));
            return PluginFactory.<StyleBlend>find(StyleBlend.FACTORY, name).use(Map.of(), blend -> blend.blend(halves)
                    .map(NDArray::toFloatArray)
                    .map(BlendProbe::inWords)
                    .orElse("apart"));
        }
    }

    private static String inWords(float... pair) {
        return String.format(Locale.ROOT, "(%.4f, %.4f)", pair[0], pair[1]);
    }
}
