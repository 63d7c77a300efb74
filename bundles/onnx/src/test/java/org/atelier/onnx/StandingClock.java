package org.atelier.onnx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock that advances only when it is asked to, and then does what is due in the caller's thread. */
final class StandingClock extends ScheduledThreadPoolExecutor {

    private final List<Due> pending = new ArrayList<>();
    private long now;

    StandingClock() {
        super(1);
    }

    /** What is due at a time, in nanoseconds. */
    private final class Due extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long time;

        Due(Runnable work, long time) {
            super(work, null);
            this.time = time;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(time - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Due due = new Due(work, now + unit.toNanos(delay));
        pending.add(due);
        return due;
    }

    void goOn(Duration time) {
        now += time.toNanos();
        List<Due> due = pending.stream()
                .filter(each -> each.getDelay(TimeUnit.NANOSECONDS) <= 0)
                .sorted()
                .toList();
        pending.removeAll(due);
        due.forEach(Due::run);
    }
}
