package org.atelier.context.weather;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers that serve for a while, the most recent ones.
 *
 * @param <Q> what was asked
 * @param <A> what was answered
 */
final class TtlCache<Q, A> {

    private static final int MOST = 256;

    private record Entry<A>(A answer, Instant until) {}

    private final Map<Q, Entry<A>> entries = new LinkedHashMap<>();
    private final Duration life;
    private final Clock clock;

    TtlCache(Duration life, Clock clock) {
        this.life = life;
        this.clock = clock;
    }

    /** The answer, kept or else made now; while it is made others may ask. */
    A get(Q question, Supplier<A> made) {
        synchronized (entries) {
            entries.values().removeIf(entry -> !clock.instant().isBefore(entry.until()));
            Entry<A> entry = entries.get(question);
            if (entry != null) {
                return entry.answer();
            }
        }
        A answer = made.get();
        synchronized (entries) {
            entries.put(question, new Entry<>(answer, clock.instant().plus(life)));
            if (entries.size() > MOST) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
        return answer;
    }
}
