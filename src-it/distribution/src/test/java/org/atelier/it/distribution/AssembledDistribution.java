package org.atelier.it.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The distribution as it was assembled, run by its own start script as a user runs it. */
final class AssembledDistribution {

    private static final long TIMEOUT_SECONDS = 240;

    /** What the system knows of this process, on Linux. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final String IGNORED_SIGNALS = "SigIgn:";
    private static final long SIGINT_BIT = 1L << 1;

    private final Path home;

    AssembledDistribution() {
        this(Path.of(System.getProperty("atelier.distribution")));
    }

    AssembledDistribution(Path home) {
        this.home = home;
    }

    Path home() {
        return home;
    }

    /** Another one, whose settings and bundles a test may change. */
    AssembledDistribution copiedTo(Path other) throws IOException {
        Files.createDirectories(other.resolve("bundle"));
        for (String made : List.of("bin", "bundle/30", "config")) {
            copy(home.resolve(made), Files.createDirectories(other.resolve(made)));
        }
        for (String same : List.of(
                "lib",
                "models",
                "repository",
                "bundle/05",
                "bundle/10",
                "bundle/20",
                "bundle/45",
                "bundle/47",
                "bundle/50",
                "bundle/60")) {
            Files.createSymbolicLink(other.resolve(same), home.resolve(same));
        }
        return new AssembledDistribution(other);
    }

    private static void copy(Path from, Path into) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, into.resolve(file.getFileName().toString()));
            }
        }
    }

    /** A command that has begun; its output goes to files beside its working folder. */
    record Run(Process process, Path output, Path errors) {

        /** Waits for the end. @return the exit code */
        int exitCode() throws InterruptedException {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the command did not end in " + TIMEOUT_SECONDS + " s");
            }
            return process.exitValue();
        }

        String out() throws IOException {
            return Files.readString(output);
        }

        String err() throws IOException {
            return Files.readString(errors);
        }

        /** Waits until something holds while the command runs. */
        void awaitWhileRunning(BooleanSupplier condition) throws InterruptedException, IOException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (!condition.getAsBoolean()) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new AssertionError("the command ended or waits for nothing: " + err());
                }
            }
        }

        /** What Ctrl-C sends: SIGINT. */
        void interrupt() throws IOException, InterruptedException {
            signal("INT");
        }

        /** @param name such as {@code TERM} */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    /**
     * Begins a command.
     *
     * @param folder where it is called from; its output is kept there too
     */
    Run begin(Path folder, String... arguments) throws IOException {
        return begin(folder, Map.of(), arguments);
    }

    /**
     * Begins a command.
     *
     * @param folder where it is called from; its output is kept there too
     * @param environment what is set in it, over what the tests run in
     */
    Run begin(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return begin(folder, environment, List.of(), arguments);
    }

    /**
     * Begins a command whose files cannot grow beyond a size, as on a disk that fills up.
     *
     * @param halfKilobytes the size
     */
    Run beginWithinFilesOf(int halfKilobytes, Path folder, String... arguments) throws IOException {
        List<String> shell = List.of("sh", "-c", "ulimit -f " + halfKilobytes + " && exec \"$0\" \"$@\"");
        // Java's own statistics would be such a file.
        return begin(folder, Map.of("JAVA_OPTS", "-XX:-UsePerfData"), shell, arguments);
    }

    /**
     * Begins a command that can have only so many open files.
     *
     * @param descriptors the number
     */
    Run beginWithinDescriptors(int descriptors, Path folder, String... arguments) throws IOException {
        return begin(
                folder,
                Map.of(),
                List.of("sh", "-c", "ulimit -n " + descriptors + " && exec \"$0\" \"$@\""),
                arguments);
    }

    private Run begin(Path folder, Map<String, String> environment, List<String> shell, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (ignoresInterrupts()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(shell);
        command.add(home.resolve("bin/atelier").toString());
        command.addAll(List.of(arguments));
        Files.createDirectories(folder);
        Run run = new Run(null, folder.resolve("out.txt"), folder.resolve("err.txt"));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(run.output().toFile())
                .redirectError(run.errors().toFile());
        process.environment().putAll(environment);
        return new Run(process.start(), run.output(), run.errors());
    }

    /**
     * Whether SIGINT is ignored, as a shell script has it for what it runs in the background. Maven, this test and the command
     * inherit that, and Java then leaves the signal ignored.
     */
    private static boolean ignoresInterrupts() throws IOException {
        if (Files.notExists(STATUS)) {
            return false;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(IGNORED_SIGNALS))
                .map(line -> line.substring(IGNORED_SIGNALS.length()).strip())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT_BIT) != 0);
    }
}
