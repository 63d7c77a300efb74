package org.atelier.context.weather;

import java.time.Duration;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;

/** Waits before a retry. */
interface Pause {

    /** @throws AtelierException CANCELLED if the listener is cancelled meanwhile */
    void pause(Duration duration, ReadingListener listener);
}
