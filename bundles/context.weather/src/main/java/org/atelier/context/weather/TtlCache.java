package org.atelier.context.weather;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Caches values for a limited time, up to a maximum number.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
final class TtlCache<K, V> {

    private static final int MAX_ENTRIES = 256;

    private record Entry<V>(V value, Instant expires) {}

    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
    private final Duration timeToLive;
    private final Clock clock;

    TtlCache(Duration timeToLive, Clock clock) {
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    /** Returns the cached value, or else computes it; does not block other callers meanwhile. */
    V get(K key, Supplier<V> supplier) {
        synchronized (entries) {
            entries.values().removeIf(entry -> !clock.instant().isBefore(entry.expires()));
            Entry<V> entry = entries.get(key);
            if (entry != null) {
                return entry.value();
            }
        }
        V value = supplier.get();
        synchronized (entries) {
            entries.put(key, new Entry<>(value, clock.instant().plus(timeToLive)));
            if (entries.size() > MAX_ENTRIES) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
        return value;
    }
}
