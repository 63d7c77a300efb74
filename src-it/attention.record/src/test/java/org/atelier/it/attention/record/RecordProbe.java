package org.atelier.it.attention.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.it.harness.PluginFactory;

/** Starts recorded attention with options as the studio does, and returns its behaviour or the error. */
public final class RecordProbe implements Callable<List<String>> {

    private PluginFactory<AttentionStrategy> factory;

    @Override
    public List<String> call() throws Exception {
        factory = PluginFactory.find(AttentionStrategy.FACTORY, "record");
        return List.of(
                recorded(Map.of("words", "house")),
                recorded(Map.of("of", "full", "options", new String[] {"level=0.4"})),
                recorded(Map.of("of", "shared", "options", List.of("share-group-norm=true"))),
                recorded(Map.of("to", "")),
                recorded(Map.of("of", "mosaic")),
                recorded(Map.of("of", "record")),
                recorded(Map.of("options", new String[] {"level"})),
                recorded(Map.of("layers", new String[] {"up0", "up7"})),
                recorded(Map.of("points", new String[] {"2:0"})));
    }

    /** Its coupling, whether it shares group norms, which of three layers share, and the words that it observes. */
    private String recorded(Map<String, Object> options) throws Exception {
        Map<String, Object> all =
                new HashMap<>(Map.of("to", System.getProperty("java.io.tmpdir"), "layers", new String[] {"up0"}));
        all.putAll(options);
        try {
            return factory.use(all, RecordProbe::described);
        } catch (AtelierException e) {
            return e.getMessage();
        }
    }

    private static String described(AttentionStrategy record) {
        List<Boolean> layers = Stream.of(layer(0, "down1"), layer(1, "up0"), layer(2, "mid"))
                .map(layer -> !record.at(layer).isPlain())
                .toList();
        AttentionLayer cross = new AttentionLayer(Kind.CROSS, 0, 3, "down1", 10, 8, 8);
        return record.coupling() + " " + record.sharesGroupNorm() + " " + layers + " " + record.observedWords(cross);
    }

    private static AttentionLayer layer(int index, String block) {
        return new AttentionLayer(Kind.SELF, index, 3, block, 10, 8, 8);
    }
}
