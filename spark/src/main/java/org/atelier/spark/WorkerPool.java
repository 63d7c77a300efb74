package org.atelier.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The worker processes of this Java process, an executor or a driver in local mode. A task borrows one; so there are as many as
 * tasks run at a time, and each stays for later tasks.
 */
final class WorkerPool implements AutoCloseable {

    /** Spark gives tasks nothing that lasts between them but static fields. */
    private static final WorkerPool SHARED = new WorkerPool();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SHARED::close, "end worker processes"));
    }

    private final Map<WorkerSettings, Deque<WorkerProcess>> idle = new HashMap<>();
    private final Set<WorkerProcess> running = new HashSet<>();
    private boolean closed;

    static WorkerPool shared() {
        return SHARED;
    }

    /**
     * Runs a command in an idle process, or in a new one.
     *
     * @param cancelled whether the task was cancelled
     */
    JsonNode run(WorkerSettings settings, ObjectNode command, BooleanSupplier cancelled)
            throws WorkerErrorException, IOException, InterruptedException {
        WorkerProcess worker = borrow(settings, cancelled);
        try {
            return worker.run(command, cancelled);
        } finally {
            giveBack(settings, worker);
        }
    }

    private WorkerProcess borrow(WorkerSettings settings, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        synchronized (this) {
            Deque<WorkerProcess> waiting = idle.getOrDefault(settings, new ArrayDeque<>());
            while (!waiting.isEmpty()) {
                WorkerProcess worker = waiting.pop();
                if (worker.isAlive()) {
                    running.add(worker);
                    return worker;
                }
                worker.close();
            }
        }
        WorkerProcess worker = WorkerProcess.start(settings, cancelled);
        synchronized (this) {
            if (!closed) {
                running.add(worker);
                return worker;
            }
        }
        worker.destroy();
        throw new WorkerDiedException("This executor is shutting down.");
    }

    private synchronized void giveBack(WorkerSettings settings, WorkerProcess worker) {
        running.remove(worker);
        if (worker.isAlive() && !closed) {
            idle.computeIfAbsent(settings, any -> new ArrayDeque<>()).push(worker);
        } else {
            worker.destroy();
        }
    }

    /** Ends all processes: idle ones by the end of their input, the others at once. No new ones start. */
    @Override
    public synchronized void close() {
        closed = true;
        running.forEach(WorkerProcess::destroy);
        idle.values().forEach(workers -> workers.forEach(WorkerProcess::close));
        idle.clear();
    }

    /** Ends the idle processes; later commands start new ones. */
    synchronized void closeIdle() {
        idle.values().forEach(workers -> workers.forEach(WorkerProcess::close));
        idle.clear();
    }
}
