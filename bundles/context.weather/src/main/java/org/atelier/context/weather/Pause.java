package org.atelier.context.weather;

import java.time.Duration;
import org.atelier.api.AtelierException;
import org.atelier.api.context.ReadingListener;

/** Waits before something is tried again. */
interface Pause {

    /** @throws AtelierException if the listener said to stop meanwhile */
    void pause(Duration duration, ReadingListener listener);
}
