package org.atelier.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A shutdown of the JVM that neither the end of the command nor a signal has caused: some code called {@code Runtime.exit}. It is
 * treated as a crash. A stop in order would put the job back that caused it, and every later process would end by it again.
 */
final class UnorderedExit {

    /** The exit code of the process. */
    static final int EXIT_CODE = 71;

    private static final List<String> EXITS = List.of("java.lang.Shutdown", "java.lang.Runtime", "java.lang.System");

    private UnorderedExit() {}

    /** Describes the caller in one sentence; to be called in a shutdown hook. */
    static String description() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(stack -> caller(stack).stream())
                .findFirst()
                .map(caller -> "%s.%s ended the process; the running job counts as crashed"
                        .formatted(caller.getClassName(), caller.getMethodName()))
                .orElse("some code ended the process; the running job counts as crashed");
    }

    /** The method that called {@code exit}, if this thread did. */
    static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
        boolean exits = Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown")
                        && frame.getMethodName().equals("exit"));
        return Arrays.stream(stack)
                .dropWhile(frame -> !EXITS.contains(frame.getClassName()))
                .dropWhile(frame -> EXITS.contains(frame.getClassName()))
                .findFirst()
                .filter(caller -> exits);
    }
}
