package org.atelier.spark;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/** The slices that are stored. A set of names, so a slice that two attempts generate counts once. */
final class DoneSlices extends AccumulatorV2<String, Set<String>> {

    private static final long serialVersionUID = 1L;

    private final ConcurrentHashMap<String, Boolean> ids = new ConcurrentHashMap<>();

    /** @param images as {@code --only} takes them */
    static String id(String set, String images) {
        return set + "/" + images;
    }

    @Override
    public boolean isZero() {
        return ids.isEmpty();
    }

    @Override
    public DoneSlices copy() {
        DoneSlices copy = new DoneSlices();
        copy.ids.putAll(ids);
        return copy;
    }

    @Override
    public void reset() {
        ids.clear();
    }

    @Override
    public void add(String id) {
        ids.put(id, true);
    }

    @Override
    public void merge(AccumulatorV2<String, Set<String>> other) {
        other.value().forEach(this::add);
    }

    @Override
    public Set<String> value() {
        return Collections.unmodifiableSet(ids.keySet());
    }
}
