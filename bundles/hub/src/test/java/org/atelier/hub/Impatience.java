package org.atelier.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.model.PullListener;

/** Notes for how long it was to wait and does not. */
final class Impatience extends Patience {

    final List<Duration> pauses = new ArrayList<>();

    @Override
    void wait(Duration duration, PullListener listener) {
        stopIfCancelled(listener);
        pauses.add(duration);
    }
}
