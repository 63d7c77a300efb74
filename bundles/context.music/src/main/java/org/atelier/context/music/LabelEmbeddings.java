package org.atelier.context.music;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Where each model sees the labels, kept between sets: the text network runs once for a model and a set of labels. */
@Component(service = LabelDirections.class, immediate = true) // keeps between sets
public final class LabelDirections {

    private static final int MOST = 64;

    /**
     * Which labels of which model.
     *
     * @param graph the text network's file
     * @param stamp tells the file from one that was put in its place
     */
    record Key(Path graph, String stamp, List<String> prompts) {

        /** Makes defensive copies. */
        Key {
            prompts = List.copyOf(prompts);
        }
    }

    private final Map<Key, List<Direction>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<Direction>> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<List<Direction>> find(Key key) {
        return Optional.ofNullable(kept.get(key));
    }

    synchronized void keep(Key key, List<Direction> directions) {
        kept.put(key, List.copyOf(directions));
    }
}
