package org.atelier.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/** An attempt of a task: a temporary folder, the folder of the batch, a worker process. */
final class TaskAttempt implements AutoCloseable {

    private final TaskSettings settings;
    private final TaskContext context;
    private final LocalFolder folder;
    private final OutputStore store;
    private final String name;

    private TaskAttempt(TaskSettings settings, TaskContext context, LocalFolder folder, OutputStore store) {
        this.settings = settings;
        this.context = context;
        this.folder = folder;
        this.store = store;
        this.name = SparkEnv.get().conf().getAppId() + "-" + context.taskAttemptId();
    }

    static TaskAttempt begin(TaskSettings settings) throws IOException {
        OutputStore store = OutputStore.open(
                settings.out(), settings.configuration().value().value());
        return new TaskAttempt(settings, TaskContext.get(), LocalFolder.create(), store);
    }

    /** A path in the temporary folder; nothing is there. */
    Path local(String path) {
        return folder.path().resolve(path);
    }

    OutputStore store() {
        return store;
    }

    JsonNode run(ObjectNode command) throws WorkerErrorException, IOException, InterruptedException {
        return WorkerPool.shared().run(settings.worker(), command, context::isInterrupted);
    }

    void upload(Path source, String target) throws IOException {
        store.upload(source, target, name);
    }

    /** Uploads files of a folder of this machine to a folder of the batch. */
    void upload(Path source, List<String> files, String target) throws IOException {
        for (String file : files) {
            upload(source.resolve(file), target + "/" + file);
        }
    }

    void writeText(String text, String target) throws IOException {
        store.writeText(text, target, name);
    }

    @Override
    public void close() throws IOException {
        folder.close();
        store.deleteTemporary(name);
    }
}
