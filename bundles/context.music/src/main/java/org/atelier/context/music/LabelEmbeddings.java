package org.atelier.context.music;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.onnx.Embedding;
import org.osgi.service.component.annotations.Component;

/** Caches the embeddings of labels between sets, so that the text encoder runs once for a model and a list of labels. */
@Component(service = LabelEmbeddings.class, immediate = true) // retains the cache between sets
public final class LabelEmbeddings {

    private static final int MAX_ENTRIES = 64;

    /**
     * A model and its labels.
     *
     * @param graph the file of the model
     * @param modified the modification time, which changes when the model is replaced
     */
    record Key(Path graph, String modified, List<String> prompts) {

        /** Makes defensive copies. */
        Key {
            prompts = List.copyOf(prompts);
        }
    }

    private final Map<Key, List<Embedding>> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<Embedding>> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    synchronized Optional<List<Embedding>> find(Key key) {
        return Optional.ofNullable(cache.get(key));
    }

    synchronized void put(Key key, List<Embedding> embeddings) {
        cache.put(key, List.copyOf(embeddings));
    }
}
