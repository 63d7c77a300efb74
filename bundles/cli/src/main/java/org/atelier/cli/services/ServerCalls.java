package org.atelier.cli.services;

import static org.atelier.api.AtelierException.Code.CANCELLED;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.server.Server;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.Terminal;

/**
 * Waits for a server that may be slow, busy or suspended: notifies the user after some seconds, and ends at once if the command is
 * cancelled. Each call runs on a thread of its own.
 *
 * @param notice after how long the user is notified that the server has not answered
 */
public record ServerCalls(Terminal terminal, Cancellation cancellation, Duration notice) {

    private static final Duration NOTICE = Duration.ofSeconds(3);
    private static final int PAUSE_MILLISECONDS = 50;

    public ServerCalls(Terminal terminal, Cancellation cancellation) {
        this(terminal, cancellation, NOTICE);
    }

    /** Returns the same server, whose calls wait here. */
    Server of(Server server) {
        String name = "The server at " + server.address();
        return new Server(
                server.address(),
                new AwaitedQueue(server.queue(), this, name),
                () -> await(name, () -> server.plugins().plugins()),
                () -> await(name, () -> server.doctor().examine()));
    }

    /**
     * Returns the result of a call.
     *
     * @param server the beginning of a sentence about the server
     * @throws AtelierException that of the call; {@code CANCELLED} if the command is cancelled first
     */
    <T> T await(String server, Supplier<T> call) {
        FutureTask<T> task = new FutureTask<>(call::get);
        Thread thread = new Thread(task, "call of a server");
        thread.setDaemon(true);
        thread.start();
        long start = System.nanoTime();
        boolean notified = false;
        while (true) {
            try {
                return task.get(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (cancellation.requested()) {
                    throw cancelled(server, e);
                }
                if (!notified && System.nanoTime() - start > notice.toNanos()) {
                    notified = true;
                    terminal.err().println(server + " has not answered yet; waiting (Ctrl-C ends the wait).");
                }
            } catch (ExecutionException e) {
                throw unwrapped(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw cancelled(server, e);
            }
        }
    }

    private static AtelierException cancelled(String server, Exception cause) {
        return new AtelierException(
                CANCELLED,
                server + " has not answered, and may still do what it was asked for; see later: atelier jobs list",
                cause);
    }

    private static RuntimeException unwrapped(ExecutionException fault) {
        if (fault.getCause() instanceof Error error) {
            throw error;
        }
        return fault.getCause() instanceof RuntimeException known ? known : new IllegalStateException(fault.getCause());
    }
}
