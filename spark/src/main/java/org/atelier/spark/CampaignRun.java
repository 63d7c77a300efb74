package org.atelier.spark;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Generates the sets of a plan, as many at a time as keep every slot busy. */
final class CampaignRun {

    private static final long RECORD_NANOS = 30_000_000_000L;

    private final CampaignPlan plan;
    private final SetRun run;
    private final BatchRecord record;
    private final ProgressReporter progress;
    private final int tasksAtATime;

    /** @param slots tasks that run at a time */
    CampaignRun(CampaignPlan plan, SetRun run, BatchRecord record, ProgressReporter progress, int slots) {
        this.plan = plan;
        this.run = run;
        this.record = record;
        this.progress = progress;
        // The next tasks wait at Spark when a slot becomes free.
        tasksAtATime = 2 * slots + 2;
    }

    /**
     * Runs until every set is complete or has failed.
     *
     * @return how the sets ended that were not complete, by name
     * @throws JobException if the job was cancelled; the record is written
     */
    Map<String, TaskResult> run() throws IOException, InterruptedException {
        Map<String, TaskResult> ended = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newCachedThreadPool(body -> {
            Thread thread = new Thread(body, "set");
            thread.setDaemon(true);
            return thread;
        });
        ExecutorCompletionService<Ended> sets = new ExecutorCompletionService<>(threads);
        record.write(ended);
        long recorded = System.nanoTime();
        int running = 0;
        int tasks = 0;
        try {
            for (PlannedSet set : plan.pending()) {
                while (running > 0 && tasks + weight(set) > tasksAtATime) {
                    tasks -= end(sets.take(), ended);
                    running--;
                    if (System.nanoTime() - recorded > RECORD_NANOS) {
                        record.write(ended);
                        recorded = System.nanoTime();
                    }
                }
                sets.submit(() -> new Ended(set, run.run(set)));
                running++;
                tasks += weight(set);
            }
            for (; running > 0; running--) {
                end(sets.take(), ended);
            }
            return ended;
        } finally {
            threads.shutdownNow();
            record.write(ended);
        }
    }

    private record Ended(PlannedSet set, TaskResult result) {}

    private static int weight(PlannedSet set) {
        return Math.max(1, set.pending().size());
    }

    /** Takes the result of a set. @return its weight */
    private int end(Future<Ended> future, Map<String, TaskResult> ended) throws IOException, InterruptedException {
        try {
            Ended set = future.get();
            ended.put(set.set.name(), set.result);
            progress.setEnded(set.set.name(), set.result);
            return weight(set.set);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JobException cancelled) {
                throw cancelled;
            }
            throw new IOException("A set ended unexpectedly: " + e.getCause(), e.getCause());
        }
    }
}
