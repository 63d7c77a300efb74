package org.atelier.doctor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs third-party code on a daemon thread with a time limit.
 *
 * @param timeout the time limit
 */
public record TimeLimited(Duration timeout) {

    /** Third-party code. */
    public interface Attempt<T> {
        T run() throws Exception;
    }

    /**
     * @param name the name of the thread
     * @return the result of the attempt
     * @throws ExecutionException with the exception of the attempt
     * @throws TimeoutException if it takes longer; the thread is interrupted
     */
    public <T> T run(String name, Attempt<T> attempt) throws ExecutionException, TimeoutException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(attempt, result), name);
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw e;
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
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
