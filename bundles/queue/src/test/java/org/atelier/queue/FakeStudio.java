package org.atelier.queue;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.api.AtelierException;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ResolvedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;

/** Generates sets that the test scripts, on the calling thread. */
final class FakeStudio implements Studio {

    private final BlockingQueue<ScriptedSet> begun = new LinkedBlockingQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<AtelierException> refusals = new ConcurrentLinkedQueue<>();
    private final Map<Path, SetRequest> sets;

    FakeStudio() {
        this(new ConcurrentHashMap<>());
    }

    private FakeStudio(Map<Path, SetRequest> sets) {
        this.sets = sets;
    }

    /** The studio of the next process, with the same folders. */
    FakeStudio restarted() {
        return new FakeStudio(new ConcurrentHashMap<>(sets));
    }

    /** Thrown for each request, if not {@code null}. */
    AtelierException refusal;

    /** Waits for the next set to start. */
    ScriptedSet next() throws InterruptedException {
        ScriptedSet set = begun.poll(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(set, "no set has started");
        return set;
    }

    /** Simulates another process that generates into a folder. */
    void claim(Path folder) {
        sets.put(folder, SetRequest.builder().prompts("another's").build());
    }

    /** Empties a folder. */
    void clear(Path folder) {
        sets.remove(folder);
    }

    void assertIdle() {
        assertTrue(begun.isEmpty(), "a set has started");
    }

    @Override
    public ResolvedSet open(SetRequest request) {
        if (refusal != null) {
            throw refusal;
        }
        open.incrementAndGet();
        return new FakeSet(
                request.execution().device() == null
                        ? request.toBuilder().device("cpu").build()
                        : request);
    }

    /** Counts as open until it is closed. */
    private final class FakeSet implements ResolvedSet {

        private final SetRequest request;

        FakeSet(SetRequest request) {
            this.request = request;
        }

        @Override
        public SetRequest request() {
            return request;
        }

        @Override
        public List<String> unusedValues() {
            return List.of();
        }

        @Override
        public GeneratedSet generate(SetOutput output, SetListener listener) {
            return generated(request, output, listener);
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    /** How many sets are open and hold their plugins and input files. */
    int openSets() {
        return open.get();
    }

    /** Refuses to start a set the given number of times. */
    void refuse(AtelierException fault, int times) {
        for (int i = 0; i < times; i++) {
            refusals.add(fault);
        }
    }

    private void throwIfRefused() {
        AtelierException fault = refusals.poll();
        if (fault != null) {
            throw fault;
        }
    }

    private GeneratedSet generated(SetRequest request, SetOutput output, SetListener listener) {
        throwIfRefused();
        if (sets.putIfAbsent(output.folder(), request) != null) {
            throw new AtelierException(
                    AtelierException.Code.OUTPUT_UNWRITABLE, output.folder() + " holds files of an earlier set.");
        }
        return run(request, output.folder(), false, listener);
    }

    @Override
    public void checkOutput(SetOutput output) {
        if (sets.containsKey(output.folder())) {
            throw new AtelierException(
                    AtelierException.Code.OUTPUT_UNWRITABLE, output.folder() + " holds files of an earlier set.");
        }
    }

    @Override
    public boolean hasSet(Path folder) {
        return sets.containsKey(folder);
    }

    @Override
    public GeneratedSet resume(Path folder, SetListener listener) {
        throwIfRefused();
        return run(sets.get(folder), folder, true, listener);
    }

    private GeneratedSet run(SetRequest request, Path folder, boolean resumed, SetListener listener) {
        ScriptedSet set = new ScriptedSet(request, folder, resumed);
        listener.started(request);
        begun.add(set);
        return set.generate(listener);
    }

    @Override
    public Contexts describe(SetRequest request, SetListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void preprocess(String model, ControlInput control, Integer width, Integer height, Path out) {
        throw new UnsupportedOperationException();
    }
}
