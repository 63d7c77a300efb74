package org.atelier.launcher;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Starts Atelier: a framework with the bundles of the distribution, in which the command line runs on this thread.
 *
 * <p>The bundle of the command line registers one service of type {@code ToIntFunction<String[]>} with the property {@code
 * atelier.name=command-line}, from arguments to exit code. The type is of the JDK, so that the two sides share no class. On
 * SIGINT, SIGTERM or SIGHUP that bundle is stopped first, to end its work in order, then the others, then the JVM.
 *
 * <p>Exit codes are those of the command line, except {@value #CANNOT_START}: the distribution cannot start; and {@value
 * UnorderedExit#EXIT_CODE}: code of a bundle ended the process.
 */
public final class Launcher {

    /** The exit code if a bundle is missing, does not resolve or does not start. */
    static final int CANNOT_START = 70;

    /** The system property for the folder of the distribution; set by {@code bin/atelier}. */
    static final String HOME = "atelier.home";

    /** The property for the data folder of a server; a framework property, and a system property for the logging configuration. */
    static final String DATA = "atelier.data";

    /** The system property for whether standard input is a terminal; set by {@code bin/atelier}, since Java cannot detect it. */
    static final String INTERACTIVE = "atelier.keyboard";

    private Launcher() {}

    public static void main(String[] arguments) {
        // Felix builds filters with String.format, which writes digits of the default locale; so do messages and
        // reports.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(System.getProperty(HOME), arguments));
    }

    static int run(String home, String[] arguments) {
        if (home == null) {
            return printError("the system property " + HOME + " is not set; start Atelier with bin/atelier");
        }
        try {
            RunningFramework framework = new RunningFramework(new Distribution(Path.of(home)), mode(arguments));
            StopSignals signals = new StopSignals(framework::closeAndWait, System::exit);
            signals.handle();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> crash(framework), "exit by other code"));
            return signals.exitCode(run(framework, signals, arguments));
        } catch (CannotStartException e) {
            return printError(e.getMessage());
        }
    }

    /** Code of a bundle ends the process, if neither the end of the command nor a signal has closed the framework. */
    private static void crash(RunningFramework framework) {
        if (framework.abandon()) {
            // The log may be closed already.
            System.err.println("atelier: " + UnorderedExit.description());
            Runtime.getRuntime().halt(UnorderedExit.EXIT_CODE);
        }
    }

    private static int run(RunningFramework started, StopSignals signals, String... arguments) {
        try (RunningFramework framework = started) {
            return framework.start().applyAsInt(arguments);
        } catch (CannotStartException e) {
            return signals.isReceived() ? CANNOT_START : printError(e.getMessage());
        }
    }

    private static Mode mode(String[] arguments) {
        Mode asked = Mode.of(arguments, System.getenv(), Path.of(System.getProperty("user.home")));
        // A shell without a terminal would end at once and stop the framework.
        return Boolean.getBoolean(INTERACTIVE) ? asked : asked.withoutShell();
    }

    private static int printError(String fault) {
        fault.lines().forEach(line -> System.err.println("Atelier cannot start: " + line));
        return CANNOT_START;
    }
}
