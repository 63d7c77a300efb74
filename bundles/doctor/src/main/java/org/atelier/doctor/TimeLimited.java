package org.atelier.doctor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs code of others on a thread of its own, which keeps nobody if it never comes to an end.
 *
 * @param patience how long it may take
 */
public record TimeLimited(Duration patience) {

    /** Code of others. */
    public interface Attempt<T> {
        T run() throws Exception;
    }

    /**
     * @param name of the thread
     * @return what the attempt does
     * @throws ExecutionException with what it threw
     * @throws TimeoutException if it takes longer; it is interrupted
     */
    public <T> T run(String name, Attempt<T> attempt) throws ExecutionException, TimeoutException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(attempt, result), name);
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw e;
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("broken off", e);
        }
    }

    private static <T> void run(Attempt<T> attempt, CompletableFuture<T> result) {
        try {
            result.complete(attempt.run());
        } catch (Exception | Error e) {
            result.completeExceptionally(e);
        }
    }
}
