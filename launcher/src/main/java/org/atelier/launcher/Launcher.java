package org.atelier.launcher;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Starts Atelier: a framework with the bundles of the distribution, in which the command line runs on this thread.
 *
 * <p>The bundle of the command line offers one service of type {@code ToIntFunction<String[]>}, of the JDK so that the
 * two sides share no class, with the property {@code atelier.name=command-line}: arguments in, exit code out. On SIGINT
 * or SIGTERM that bundle is stopped first, to end its work in order, then the others.
 *
 * <p>Exit codes are the command line's, but for {@value #CANNOT_START}: the distribution itself does not start.
 */
public final class Launcher {

    /** Exit code when a bundle is missing, does not resolve or does not start. */
    static final int CANNOT_START = 70;

    /** Names the folder of the distribution; set by {@code bin/atelier}. */
    static final String HOME = "atelier.home";

    /** Names the folder of a server's jobs, logs and token, to every bundle and, as a system property, to the log's configuration. */
    static final String DATA = "atelier.data";

    /** Says whether standard input is a terminal; set by {@code bin/atelier}, as Java cannot tell. */
    static final String KEYBOARD = "atelier.keyboard";

    private Launcher() {}

    public static void main(String[] arguments) {
        // Felix builds filters with String.format, which writes digits of the default locale; so do messages and
        // reports.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(System.getProperty(HOME), arguments));
    }

    static int run(String home, String[] arguments) {
        if (home == null) {
            return complain("the system property " + HOME + " is not set; start Atelier by its bin/atelier");
        }
        try (RunningFramework framework = new RunningFramework(new Distribution(Path.of(home)), mode(arguments))) {
            Runtime.getRuntime().addShutdownHook(new Thread(framework::close, "stop in order"));
            return framework.start().applyAsInt(arguments);
        } catch (CannotStartException e) {
            return complain(e.getMessage());
        }
    }

    private static Mode mode(String[] arguments) {
        Mode asked = Mode.of(arguments, System.getenv(), Path.of(System.getProperty("user.home")));
        // A shell that reads from nobody would end at once, and all else with it.
        return Boolean.getBoolean(KEYBOARD) ? asked : asked.withoutShell();
    }

    private static int complain(String fault) {
        System.err.println("Atelier cannot start: " + fault);
        return CANNOT_START;
    }
}
