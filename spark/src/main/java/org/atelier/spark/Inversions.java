package org.atelier.spark;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The inversions of references: each is computed once, for all sets with the same key. */
final class Inversions {

    private final SparkTasks tasks;
    private final TaskSettings settings;
    private final OutputStore store;
    private final InputFiles inputs;
    private final Map<String, CompletableFuture<TaskResult>> results = new ConcurrentHashMap<>();

    Inversions(SparkTasks tasks, TaskSettings settings, OutputStore store, InputFiles inputs) {
        this.tasks = tasks;
        this.settings = settings;
        this.store = store;
        this.inputs = inputs;
    }

    /** Waits until the inversion that a set needs is stored; computes it if no set has done so. */
    TaskResult ensure(CampaignSet set) throws IOException {
        if (set.inversion() == null) {
            return TaskResult.DONE;
        }
        CompletableFuture<TaskResult> own = new CompletableFuture<>();
        CompletableFuture<TaskResult> earlier = results.putIfAbsent(set.inversion(), own);
        if (earlier != null) {
            return earlier.join();
        }
        try {
            own.complete(invert(set));
            return own.join();
        } finally {
            // Nothing if it is complete.
            own.cancel(false);
        }
    }

    private TaskResult invert(CampaignSet set) throws IOException {
        if (store.exists(PlannedSet.inversion(set.inversion()))) {
            return TaskResult.DONE;
        }
        return tasks.run(
                "Inversion for " + set.name(),
                SparkTasks.Pool.GENERATE,
                List.of(new InversionTask.Inversion(set.inversion(), Json.line(set.request()), inputs.of(set))),
                new InversionTask(settings));
    }
}
