package org.atelier.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process {@code atelier worker}, with a temporary folder of its own: commands on standard input, events on standard output,
 * each a line of JSON (docs/worker.md). One command at a time.
 */
final class WorkerProcess implements AutoCloseable {

    /** How long a process may take to start, and between two events of a command. */
    static final Duration SILENCE = Duration.ofMinutes(30);

    private static final int PROTOCOL = 1;
    private static final Duration END = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    private final Process process;
    private final LocalFolder folder;
    private final BufferedWriter commands;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final Thread messages;
    private volatile String lastMessage = "";
    private long id;

    private WorkerProcess(Process process, LocalFolder folder) {
        this.process = process;
        this.folder = folder;
        commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        daemon("events", this::readEvents);
        messages = daemon("messages", this::readMessages);
    }

    /**
     * Starts a process and waits until it is ready.
     *
     * @param cancelled stops the start
     * @throws WorkerDiedException if it does not start
     */
    static WorkerProcess start(WorkerSettings settings, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        Path home = settings.folder();
        LocalFolder folder = LocalFolder.create();
        WorkerProcess worker;
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            "sh",
                            WorkerSettings.launcher(home).toString(),
                            "worker",
                            "--threads",
                            Integer.toString(settings.threads()))
                    .directory(folder.path().toFile());
            setEnvironment(builder.environment(), settings, folder.path());
            worker = new WorkerProcess(builder.start(), folder);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
        worker.awaitReady(cancelled);
        return worker;
    }

    private static void setEnvironment(Map<String, String> environment, WorkerSettings settings, Path folder) {
        // Spark sets it to the processors of a task; the bytes of an image depend on it.
        environment.put("OMP_NUM_THREADS", Integer.toString(settings.threads()));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        String path = folder.toString();
        if (path.chars().noneMatch(Character::isWhitespace)) {
            environment.merge("JAVA_OPTS", "-Djava.io.tmpdir=" + path, (given, own) -> given + " " + own);
        }
    }

    private void awaitReady(BooleanSupplier cancelled) throws IOException, InterruptedException {
        try {
            JsonNode event = next(cancelled);
            if (!event.path("event").asText().equals("ready")
                    || event.path("protocol").asInt() != PROTOCOL) {
                throw new WorkerDiedException(
                        "The worker process is of another version of Atelier than this job: " + Json.line(event));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            destroy();
            throw e;
        }
    }

    /**
     * Runs a command and returns its result. A process that died, or was interrupted in a command, is destroyed.
     *
     * @param command without an id
     * @param cancelled whether the task was cancelled; asked several times a second
     * @throws WorkerErrorException the error that the process reports
     * @throws WorkerDiedException if the process ends without a result, or is silent for too long
     * @throws InterruptedException if the task was cancelled
     */
    JsonNode run(ObjectNode command, BooleanSupplier cancelled)
            throws WorkerErrorException, IOException, InterruptedException {
        try {
            long own = ++id;
            command.put("id", own);
            send(Json.line(command));
            while (true) {
                JsonNode event = next(cancelled);
                String kind = event.path("event").asText();
                if (event.path("id").asLong(-1) != own) {
                    throw new WorkerDiedException(
                            "The worker process answers another command than the one it got: " + Json.line(event));
                }
                if (kind.equals("result")) {
                    return event;
                }
                if (kind.equals("error")) {
                    throw new WorkerErrorException(
                            event.path("code").asText(), event.path("message").asText());
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            destroy();
            throw e;
        }
    }

    private void send(String line) throws IOException, InterruptedException {
        try {
            commands.write(line);
            commands.write('\n');
            commands.flush();
        } catch (IOException e) {
            throw died(e);
        }
    }

    private JsonNode next(BooleanSupplier cancelled) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            if (cancelled.getAsBoolean()) {
                throw new InterruptedException("The task was cancelled");
            }
            Optional<String> line = lines.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (line == null) {
                if (System.nanoTime() - start > SILENCE.toNanos()) {
                    throw new WorkerDiedException(
                            "The worker process did not respond for %d minutes.".formatted(SILENCE.toMinutes()));
                }
                continue;
            }
            if (line.isEmpty()) {
                throw died(null);
            }
            try {
                return Json.parse(line.get());
            } catch (JsonProcessingException e) {
                throw new WorkerDiedException("The worker process printed no event: " + line.get(), e);
            }
        }
    }

    private WorkerDiedException died(Throwable cause) throws InterruptedException {
        String status = process.waitFor(END.toSeconds(), TimeUnit.SECONDS)
                ? "ended with status " + process.exitValue()
                : "closed its output";
        messages.join(END.toMillis());
        return new WorkerDiedException(
                "The worker process %s%s"
                        .formatted(status, lastMessage.isEmpty() ? "." : "; its last message: " + lastMessage),
                cause);
    }

    private void readEvents() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(line -> lines.add(Optional.of(line)));
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("The events of a worker process ended", e);
        } finally {
            lines.add(Optional.empty());
        }
    }

    private void readMessages() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.isBlank()).forEach(line -> {
                lastMessage = line.strip();
                LOG.info("worker {}: {}", process.pid(), line);
            });
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("The messages of a worker process ended", e);
        }
    }

    private Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, "worker " + process.pid() + " " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Kills the process, without waiting for the command that it runs. */
    void destroy() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        deleteFolder();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process by the end of its input; kills it if that takes more than a few seconds. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                deleteFolder();
                return;
            }
        } catch (IOException e) {
            LOG.debug("The input of a worker process was closed already", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        destroy();
    }

    private void deleteFolder() {
        try {
            if (Files.exists(folder.path())) {
                folder.close();
            }
        } catch (IOException e) {
            LOG.warn("The folder {} of a worker process cannot be deleted", folder.path(), e);
        }
    }
}
