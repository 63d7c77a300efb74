package org.atelier.queue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The threads of the queue: as many as are generating or telling, gone soon after. */
final class Threads implements Executor {

    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor working;
    private final Executor later;
    private final AtomicBoolean isWaiting = new AtomicBoolean();

    /** @param pause how long until it tries again */
    Threads(Duration pause) {
        this.working = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                Threads::daemon,
                new ThreadPoolExecutor.DiscardPolicy());
        this.later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, working);
    }

    /** They keep no process alive: whatever they do can be gone on with. */
    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "atelier queue");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs it at once, on a thread of its own. */
    @Override
    public void execute(Runnable task) {
        working.execute(task);
    }

    /** Runs it after a pause; nothing if something waits already. */
    void later(Runnable task) {
        if (!isWaiting.getAndSet(true)) {
            later.execute(() -> {
                isWaiting.set(false);
                task.run();
            });
        }
    }

    /** What runs ends by itself; nothing more begins. */
    void stop() {
        working.shutdown();
    }
}
