package org.atelier.it.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A process of a test, whose output goes to a file; closing kills it and the processes that it started. */
record StartedProcess(Process process, Path output) implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 200;

    /**
     * Starts a process.
     *
     * @param environment set in it, over what the tests run in
     * @param output for what it prints
     */
    static StartedProcess start(List<String> command, Map<String, String> environment, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(output.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new StartedProcess(builder.start(), output);
    }

    /** Waits for the end. @return the exit code */
    int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the process did not end in " + TIMEOUT_SECONDS + " s: " + printed());
        }
        return process.exitValue();
    }

    String printed() throws IOException {
        return Files.readString(output);
    }

    /** Waits until something holds while the process runs. */
    void awaitWhileRunning(BooleanSupplier condition) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new AssertionError("the process ended or waits for nothing: " + printed());
            }
        }
    }

    /** The processes below this one that have an argument. */
    List<ProcessHandle> descendants(String argument) {
        return process.descendants()
                .filter(child -> Stream.of(child.info().arguments().orElse(new String[0]))
                        .anyMatch(argument::equals))
                .toList();
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }
}
