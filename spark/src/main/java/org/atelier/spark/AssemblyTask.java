package org.atelier.spark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.Function;

/** Assembles a set of its stored slices: writes the contact sheet, {@code set.json} last, and removes the records of the slices. */
record AssemblyTask(TaskSettings settings) implements Function<AssemblyTask.Parts, TaskResult> {

    /**
     * The slices of a set.
     *
     * @param set name of the set
     * @param slices their images, as {@code --only} takes them
     */
    record Parts(String set, List<String> slices) implements Serializable {

        Parts {
            slices = List.copyOf(slices);
        }
    }

    @Override
    public TaskResult call(Parts parts) throws Exception {
        try (TaskAttempt attempt = TaskAttempt.begin(settings)) {
            OutputStore store = attempt.store();
            if (store.exists(PlannedSet.record(parts.set))) {
                // An earlier attempt, whose executor was lost after its last file.
                store.delete(PlannedSet.sliceRecords(parts.set));
                return TaskResult.DONE;
            }
            Path whole = attempt.local("whole");
            ObjectNode command = Json.object();
            command.put("command", "assemble");
            ArrayNode folders = command.putArray("slices");
            Set<String> stored = new HashSet<>();
            for (String images : parts.slices) {
                SliceRecord record = SliceRecord.parse(
                        store.readText(PlannedSet.sliceRecord(parts.set, ImageNumbers.parse(images))));
                Path folder = attempt.local("slices").resolve(Integer.toString(folders.size()));
                Files.createDirectories(folder);
                for (String file : record.files()) {
                    store.download(parts.set + "/" + file, folder.resolve(file));
                }
                Files.writeString(folder.resolve(PlannedSet.RECORD), record.record());
                stored.addAll(record.files());
                folders.add(folder.toString());
            }
            command.put("folder", whole.toString());
            attempt.run(command);
            List<String> others = LocalFolder.files(whole).stream()
                    .filter(file -> !stored.contains(file) && !file.equals(PlannedSet.RECORD))
                    .toList();
            attempt.upload(whole, others, parts.set);
            attempt.upload(whole.resolve(PlannedSet.RECORD), PlannedSet.record(parts.set));
            store.delete(PlannedSet.sliceRecords(parts.set));
            return TaskResult.DONE;
        } catch (WorkerErrorException e) {
            return TaskResult.failed(e);
        }
    }
}
