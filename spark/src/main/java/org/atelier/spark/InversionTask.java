package org.atelier.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.function.Function;

/** Inverts the references of a set and stores the inversion for all sets with the same key. */
record InversionTask(TaskSettings settings) implements Function<InversionTask.Inversion, TaskResult> {

    /**
     * An inversion.
     *
     * @param key equal for sets whose references have the same inversions
     * @param request of one of the sets, JSON
     * @param files shipped names of the inputs, by path
     */
    record Inversion(String key, String request, Map<String, String> files) implements Serializable {}

    @Override
    public TaskResult call(Inversion inversion) throws Exception {
        try (TaskAttempt attempt = TaskAttempt.begin(settings)) {
            Path out = attempt.local("inversion.safetensors");
            ObjectNode command = Json.object();
            command.put("command", "invert");
            command.set("request", Json.parse(inversion.request));
            ObjectNode files = command.putObject("files");
            inversion.files.forEach((path, name) -> files.put(path, InputFiles.local(name)));
            command.put("out", out.toString());
            attempt.run(command);
            attempt.upload(out, PlannedSet.inversion(inversion.key));
            return TaskResult.DONE;
        } catch (WorkerErrorException e) {
            return TaskResult.failed(e);
        }
    }
}
