package org.atelier.it.distribution;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker process and its client. Everything that it prints on standard output must be an event. */
final class RunningWorker implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 60;

    private final Process process;
    private final Writer commands;
    private final BufferedReader events;
    private int id;

    /**
     * Starts a worker and waits until it is ready.
     *
     * @param options with them, the environment sets no number of threads
     */
    RunningWorker(AssembledDistribution distribution, Path folder, String... options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        distribution.home().resolve("bin/atelier").toString(), "worker")
                .directory(folder.toFile())
                .redirectError(folder.resolve("worker.txt").toFile());
        builder.command().addAll(List.of(options));
        if (options.length > 0) {
            builder.environment().remove("OMP_NUM_THREADS");
        }
        process = builder.start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        events = process.inputReader(StandardCharsets.UTF_8);
        JsonObject ready = event();
        if (!ready.get("event").getAsString().equals("ready")
                || ready.get("protocol").getAsInt() != 1) {
            throw new AssertionError(ready.toString());
        }
    }

    /** The next event. */
    JsonObject event() throws IOException {
        String line = events.readLine();
        if (line == null) {
            throw new AssertionError("the worker has ended");
        }
        return JsonParser.parseString(line).getAsJsonObject();
    }

    /** Sends a line. @return the event that ends it */
    JsonObject send(String line) throws IOException {
        commands.write(line + "\n");
        commands.flush();
        JsonObject event = event();
        while (event.get("event").getAsString().equals("progress")) {
            event = event();
        }
        return event;
    }

    /** Sends a command with the next id. @return the event that ends it */
    JsonObject call(JsonObject command) throws IOException {
        id++;
        command.addProperty("id", id);
        JsonObject event = send(command.toString());
        if (event.get("id").isJsonNull() || event.get("id").getAsInt() != id) {
            throw new AssertionError(event.toString());
        }
        return event;
    }

    /** Ends the input. @return the exit code */
    int end() throws IOException, InterruptedException {
        commands.close();
        return exitCode();
    }

    Process process() {
        return process;
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the worker did not end in " + TIMEOUT_SECONDS + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
