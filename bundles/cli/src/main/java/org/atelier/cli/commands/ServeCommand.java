package org.atelier.cli.commands;

import static org.atelier.api.AtelierException.Code.ENGINE_FAILED;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.health.Doctor;
import org.atelier.api.health.Finding;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Keeps running until the process is asked to stop. The launcher has read these options before: which bundles run, and where
 * they keep their data, is decided by then.
 */
@Command(
        name = "serve",
        header = "Lives on: generates the sets that atelier submit hands it, and takes in plugins while it runs.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier serve [--data DIR] [--port N] [--shell]",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The shell was left.",
            "5:Something that it is made of does not work; it says what.",
            "70:It cannot start: another process holds the data folder or the port, or a bundle does not start.",
            "130:It was stopped by Ctrl-C, in order.",
            "143:It was stopped by SIGTERM, in order."
        },
        footer = {"", "Examples:", "  atelier serve", "  atelier submit \"a house\" \"a fish\"", "  atelier jobs list"})
final class ServeCommand implements Callable<Integer> {

    /** Says whether standard input is a terminal; set by {@code bin/atelier}, as Java cannot tell. */
    private static final String KEYBOARD = "atelier.keyboard";

    private static final int MOST_PORT = 65_535;

    /** A door that is not open by then may never be. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final Duration AT_LAST = Duration.ofSeconds(30);

    /** How the parts of this house are called. */
    private static final String HOUSE = "org.atelier.";

    private final ServerConnection serving;
    private final Doctor doctor;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of jobs, logs and the token, which one process holds at a time. Default:"
                    + " ATELIER_DATA, else atelier in XDG_DATA_HOME, else ~/.local/share/atelier.")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where it listens, on 127.0.0.1 only; 0 to 65535. Default: 0, any that is free.")
    private int port;

    @Option(names = "--shell", description = "Runs the Gogo shell of OSGi on this terminal; exit ends both.")
    private boolean shell;

    ServeCommand(ServerConnection serving, Doctor doctor, Terminal terminal, Cancellation cancellation) {
        this.serving = serving;
        this.doctor = doctor;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireSense();
        boolean hasShell = shell && Boolean.getBoolean(KEYBOARD);
        if (shell && !hasShell) {
            terminal.err().println("There is no shell: this is no terminal.");
        }
        openDoor().ifPresent(address -> greet(address, hasShell));
        cancellation.await();
        terminal.err()
                .println("Stopping: the running step ends; what is not generated yet continues at the next start.");
        return ExitCode.DONE;
    }

    /** Where it listens; empty if it is asked to stop before. */
    private Optional<URI> openDoor() throws InterruptedException {
        Optional<URI> address = serving.openDoor(SOON, cancellation);
        if (address.isEmpty() && !cancellation.requested()) {
            requireHealth();
            address = serving.openDoor(AT_LAST, cancellation);
        }
        if (address.isEmpty() && !cancellation.requested()) {
            requireHealth();
            throw new AtelierException(
                    ENGINE_FAILED,
                    "Nothing listens for other processes; see why in %s."
                            .formatted(serving.data().resolve("logs/atelier.log")));
        }
        return address;
    }

    /** What is wrong with somebody's plugin keeps no door shut. */
    private void requireHealth() {
        String faults = doctor.examine().stream()
                .filter(finding -> finding.severity() == Finding.Severity.FAULT)
                .filter(finding -> finding.subject().startsWith(HOUSE))
                .map(finding -> finding.subject() + ": " + finding.message())
                .collect(Collectors.joining("\n"));
        if (!faults.isEmpty()) {
            throw new AtelierException(
                    ENGINE_FAILED, "It cannot serve, since something of it does not work:\n" + faults);
        }
    }

    private void greet(URI address, boolean hasShell) {
        terminal.out().println("Atelier serves at " + address + ", its data are in " + serving.data() + ".");
        terminal.out()
                .println("Hand it sets by: atelier submit \"a house\" \"a fish\"; end it by "
                        + (hasShell ? "exit, " : "") + "Ctrl-C or kill "
                        + ProcessHandle.current().pid() + ".");
    }

    private void requireSense() {
        if (port < 0 || port > MOST_PORT) {
            throw new AtelierException(INVALID_REQUEST, "--port %d: ports are 0 to %d.".formatted(port, MOST_PORT));
        }
        if (data != null && data.toString().isBlank()) {
            throw new AtelierException(INVALID_REQUEST, "--data: name a folder.");
        }
    }
}
