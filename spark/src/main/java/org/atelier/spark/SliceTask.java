package org.atelier.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function;

/**
 * Generates a slice of a set and stores its files, its record last; or a whole set.
 *
 * @param done counts the slices that are stored
 */
record SliceTask(TaskSettings settings, DoneSlices done) implements Function<SliceTask.Slice, TaskResult> {

    /**
     * A slice.
     *
     * @param set name of the set
     * @param request of the set, JSON
     * @param images of the slice, as {@code --only} takes them
     * @param whole whether these are all images of the set
     * @param files shipped names of the inputs, by path
     * @param inversion key of the inversion of the references; {@code null} if there is none
     */
    record Slice(String set, String request, String images, boolean whole, Map<String, String> files, String inversion)
            implements Serializable {}

    @Override
    public TaskResult call(Slice slice) throws Exception {
        try (TaskAttempt attempt = TaskAttempt.begin(settings)) {
            Path folder = attempt.local("slice");
            attempt.run(command(slice, folder, attempt));
            List<String> files = LocalFolder.files(folder).stream()
                    .filter(file -> !file.equals(PlannedSet.RECORD))
                    .toList();
            attempt.upload(folder, files, slice.set);
            Path record = folder.resolve(PlannedSet.RECORD);
            if (slice.whole) {
                attempt.upload(record, PlannedSet.record(slice.set));
            } else {
                attempt.writeText(
                        new SliceRecord(files, Files.readString(record)).text(),
                        PlannedSet.sliceRecord(slice.set, ImageNumbers.parse(slice.images)));
            }
            done.add(DoneSlices.id(slice.set, slice.images));
            return TaskResult.DONE;
        } catch (WorkerErrorException e) {
            return TaskResult.failed(e);
        }
    }

    private static ObjectNode command(Slice slice, Path folder, TaskAttempt attempt) throws IOException {
        ObjectNode command = Json.object();
        command.put("command", "generate");
        command.set("request", Json.parse(slice.request));
        if (!slice.whole) {
            command.put("only", slice.images);
        }
        command.put("folder", folder.toString());
        ObjectNode files = command.putObject("files");
        slice.files.forEach((path, name) -> files.put(path, InputFiles.local(name)));
        if (slice.inversion != null) {
            Path inversion = attempt.local("inversion.safetensors");
            attempt.store().download(PlannedSet.inversion(slice.inversion), inversion);
            command.put("inversion", inversion.toString());
        }
        return command;
    }
}
