package org.atelier.queue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;

/** A set that a fake studio generates step by step, as the test scripts it. */
final class ScriptedSet {

    static final long TIMEOUT_SECONDS = 20;

    /** A step of the script. Returns the set if it is complete, else {@code null}. */
    private interface Step extends Function<SetListener, GeneratedSet> {}

    private final SetRequest request;
    private final Path folder;
    private final boolean resumed;
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

    ScriptedSet(SetRequest request, Path folder, boolean resumed) {
        this.request = request;
        this.folder = folder;
        this.resumed = resumed;
    }

    String prompt() {
        return request.prompts().get(0);
    }

    /** Whether the studio was asked to resume a set. */
    boolean isResumed() {
        return resumed;
    }

    /** Adds a pass of the network, which throws if the set was cancelled. */
    ScriptedSet pass() {
        return call(listener -> {
            if (listener.cancelled()) {
                throw new AtelierException(AtelierException.Code.CANCELLED, "Cancelled.");
            }
        });
    }

    /** Adds a call of the listener. */
    ScriptedSet call(java.util.function.Consumer<SetListener> call) {
        steps.add(listener -> {
            call.accept(listener);
            return null;
        });
        return this;
    }

    void finish() {
        steps.add(listener -> new GeneratedSet(
                folder,
                request,
                List.of(new GeneratedImage(0, prompt(), 0L, folder.resolve("000.png"), "ab".repeat(32))),
                folder.resolve("contact-sheet.png"),
                folder.resolve("set.json"),
                null));
    }

    void fail(Throwable fault) {
        call(listener -> throwUnchecked(fault));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUnchecked(Throwable fault) throws T {
        throw (T) fault;
    }

    GeneratedSet generate(SetListener listener) {
        try {
            while (true) {
                Step step = steps.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                if (step == null) {
                    throw new IllegalStateException("The test did not finish the set: " + prompt());
                }
                GeneratedSet set = step.apply(listener);
                if (set != null) {
                    return set;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
