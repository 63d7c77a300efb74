package org.atelier.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.model.PullListener;

/** Records the requested durations and returns immediately. */
final class NoSleep extends CancellableSleep {

    final List<Duration> pauses = new ArrayList<>();

    @Override
    void sleep(Duration duration, PullListener listener) {
        throwIfCancelled(listener);
        pauses.add(duration);
    }
}
