package org.atelier.spark;

import java.io.IOException;
import java.util.List;

/** Generates a set: inverts its references if no other set has done so, generates its slices, assembles them. */
final class SetRun {

    private final SparkTasks tasks;
    private final TaskSettings settings;
    private final Inversions inversions;
    private final InputFiles inputs;
    private final DoneSlices done;

    SetRun(SparkTasks tasks, TaskSettings settings, Inversions inversions, InputFiles inputs, DoneSlices done) {
        this.tasks = tasks;
        this.settings = settings;
        this.inversions = inversions;
        this.inputs = inputs;
        this.done = done;
    }

    /** Waits until the set is complete or has failed. */
    TaskResult run(PlannedSet planned) throws IOException {
        List<ImageNumbers> pending = planned.pending();
        if (!pending.isEmpty()) {
            TaskResult inversion = inversions.ensure(planned.set());
            if (inversion.isFailed()) {
                return inversion;
            }
            TaskResult slices = tasks.run(
                    "Images of " + planned.name(),
                    SparkTasks.Pool.GENERATE,
                    pending.stream().map(slice -> slice(planned, slice)).toList(),
                    new SliceTask(settings, done));
            if (slices.isFailed() || isWhole(planned)) {
                return slices;
            }
        }
        return tasks.run(
                "Assembly of " + planned.name(),
                SparkTasks.Pool.ASSEMBLE,
                List.of(new AssemblyTask.Parts(
                        planned.name(),
                        planned.slices().stream().map(ImageNumbers::toString).toList())),
                new AssemblyTask(settings));
    }

    private SliceTask.Slice slice(PlannedSet planned, ImageNumbers slice) {
        CampaignSet set = planned.set();
        return new SliceTask.Slice(
                set.name(),
                Json.line(set.request()),
                slice.toString(),
                isWhole(planned),
                inputs.of(set),
                set.inversion());
    }

    private static boolean isWhole(PlannedSet planned) {
        return planned.slices().size() == 1;
    }
}
