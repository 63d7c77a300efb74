package org.atelier.it.attention.partial;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.it.harness.PluginFactory;

/** Starts partial sharing with options as the studio does, and returns its behaviour or the error. */
public final class PartialProbe implements Callable<List<String>> {

    private PluginFactory<AttentionStrategy> factory;

    @Override
    public List<String> call() throws Exception {
        factory = PluginFactory.find(AttentionStrategy.FACTORY, "partial");
        return List.of(
                shared(Map.of()),
                shared(Map.of("of", "full", "layers", new String[] {"up0"})),
                shared(Map.of(
                        "of", "shared", "options", List.of("share-group-norm=true"), "resolutions", List.of(32L, 8L))),
                shared(Map.of("of", "full", "options", new String[] {"level=0.6"})),
                shared(Map.of("of", "mosaic")),
                shared(Map.of("of", "partial")),
                shared(Map.of("options", new String[] {"scale=2"})).split(";", 2)[0],
                shared(Map.of("options", new String[] {"level"})),
                shared(Map.of("options", new String[] {"level=7"})).split(":", 2)[0],
                shared(Map.of("options", new String[] {"level=much"})).split(":", 2)[0]);
    }

    /** Its coupling, whether it shares group norms, and which of three layers it shares. */
    private String shared(Map<String, Object> options) throws Exception {
        try {
            return factory.use(options, PartialProbe::described);
        } catch (AtelierException e) {
            return e.getMessage();
        }
    }

    private static String described(AttentionStrategy partial) {
        List<Boolean> layers = Stream.of(
                        new AttentionLayer(Kind.SELF, 0, 3, "down1", 10, 32, 32),
                        new AttentionLayer(Kind.SELF, 1, 3, "up0", 10, 16, 16),
                        new AttentionLayer(Kind.SELF, 2, 3, "mid", 10, 8, 8))
                .map(layer -> !partial.at(layer).isPlain())
                .toList();
        return partial.coupling() + " " + partial.sharesGroupNorm() + " " + layers;
    }
}
