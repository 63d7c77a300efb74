package org.atelier.queue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The threads of the queue: one for each running task; idle threads end after a few seconds. */
final class QueueThreads implements Executor {

    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor working;
    private final Executor delayed;
    private final AtomicBoolean isWaiting = new AtomicBoolean();

    /** @param delay the delay of {@link #executeLater} */
    QueueThreads(Duration delay) {
        this.working = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                QueueThreads::daemon,
                new ThreadPoolExecutor.DiscardPolicy());
        this.delayed = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, working);
    }

    /** Daemon threads do not keep the process alive: all work of the queue can be resumed. */
    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "atelier queue");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs the task immediately, on a thread of its own. */
    @Override
    public void execute(Runnable task) {
        working.execute(task);
    }

    /** Runs the task after the delay; ignores it if another task is already waiting. */
    void executeLater(Runnable task) {
        if (!isWaiting.getAndSet(true)) {
            delayed.execute(() -> {
                isWaiting.set(false);
                task.run();
            });
        }
    }

    /** Starts no further task; running tasks continue to their end. */
    void stop() {
        working.shutdown();
    }
}
