package org.atelier.plugins;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.PLUGIN_FAILED;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.atelier.api.AtelierException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/**
 * Starts a plugin on its own thread, so that a constructor that never returns does not block the caller.
 *
 * @param timeout how long it may take
 * @param log captures the cause of a failure
 */
record PluginStart(OfferedPlugin offered, Duration timeout, StartLog log) {

    /**
     * Starts an instance.
     *
     * @param properties the options by their metatype ids
     * @throws AtelierException {@code PLUGIN_FAILED} if its constructor throws or takes too long
     */
    <P> ComponentInstance<P> instance(ComponentFactory<P> factory, Map<String, Object> properties) {
        CompletableFuture<ComponentInstance<P>> started = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> start(factory, properties, started),
                "start of " + offered.kind().title() + " " + offered.name());
        thread.setDaemon(true);
        thread.start();
        try {
            return started.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AtelierException(PLUGIN_FAILED, offered.notStarted(reason(e.getCause())), e.getCause());
        } catch (TimeoutException e) {
            abandon(started, thread);
            throw new AtelierException(
                    PLUGIN_FAILED, offered.notStarted("it was not ready after %d s".formatted(timeout.toSeconds())), e);
        } catch (InterruptedException e) {
            abandon(started, thread);
            Thread.currentThread().interrupt();
            throw new AtelierException(CANCELLED, "The request was cancelled while plugins were starting.", e);
        }
    }

    /** An instance that becomes ready after the timeout is disposed of. */
    private <P> void start(
            ComponentFactory<P> factory,
            Map<String, Object> properties,
            CompletableFuture<ComponentInstance<P>> started) {
        log.listen();
        try {
            ComponentInstance<P> instance = factory.newInstance(FrameworkUtil.asDictionary(properties));
            if (!started.complete(instance)) {
                instance.dispose();
            }
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(log.last().orElse(e));
        } finally {
            log.last();
        }
    }

    /** The constructor's exception; Declarative Services itself reports only that it failed. */
    private static String reason(Throwable cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost instanceof ComponentException) {
            return "the log says why";
        }
        String message = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        return message.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
    }

    private static <P> void abandon(CompletableFuture<ComponentInstance<P>> started, Thread thread) {
        if (started.cancel(false)) {
            thread.interrupt();
        } else if (!started.isCompletedExceptionally()) {
            started.join().dispose();
        }
    }
}
