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
 * Runs until the process is stopped. The launcher evaluates the same options earlier, as they decide which bundles run and where they store
 * their data.
 */
@Command(
        name = "serve",
        header = "Runs a server that generates the sets sent by atelier submit and loads plugins while it runs.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier serve [--data DIR] [--port N] [--shell]",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The shell was exited.",
            "5:A part of Atelier does not work; the error names it.",
            "70:The server cannot start: another process uses the data folder or the port, or a bundle does not start.",
            "130:Stopped by Ctrl-C.",
            "143:Stopped by SIGTERM."
        },
        footer = {"", "Examples:", "  atelier serve", "  atelier submit \"a house\" \"a fish\"", "  atelier jobs list"})
final class ServeCommand implements Callable<Integer> {

    /** System property: whether standard input is a terminal; set by {@code bin/atelier}, as Java cannot determine it. */
    private static final String STDIN_IS_TERMINAL = "atelier.keyboard";

    private static final int MAX_PORT = 65_535;

    /** If the endpoint is not available by then, the doctor looks for the reason. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(3);

    private static final Duration LAST_WAIT = Duration.ofSeconds(30);

    /** Prefix of the symbolic names of Atelier's own bundles. */
    private static final String OWN_BUNDLES = "org.atelier.";

    private final ServerConnection connection;
    private final Doctor doctor;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder for jobs, logs and the token; one process can use it at a time. Default:"
                    + " ATELIER_DATA, else atelier in XDG_DATA_HOME, else ~/.local/share/atelier.")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on, on 127.0.0.1 only; 0 to 65535. Default: 0, any free port.")
    private int port;

    @Option(names = "--shell", description = "Runs the OSGi shell (Gogo) in this terminal; exit stops the server.")
    private boolean shell;

    ServeCommand(ServerConnection connection, Doctor doctor, Terminal terminal, Cancellation cancellation) {
        this.connection = connection;
        this.doctor = doctor;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException {
        validateOptions();
        boolean hasShell = shell && Boolean.getBoolean(STDIN_IS_TERMINAL);
        if (shell && !hasShell) {
            terminal.err().println("There is no shell: standard input is not a terminal.");
        }
        endpointAddress().ifPresent(address -> printStartup(address, hasShell));
        cancellation.await();
        terminal.err().println("Stopping after the current step; unfinished sets resume at the next start.");
        return ExitCode.DONE;
    }

    /** The address of the endpoint; empty if the process is stopped first. */
    private Optional<URI> endpointAddress() throws InterruptedException {
        Optional<URI> address = connection.awaitEndpoint(FIRST_WAIT, cancellation);
        if (address.isEmpty() && !cancellation.requested()) {
            requireHealth();
            address = connection.awaitEndpoint(LAST_WAIT, cancellation);
        }
        if (address.isEmpty() && !cancellation.requested()) {
            requireHealth();
            throw new AtelierException(
                    ENGINE_FAILED,
                    "The HTTP endpoint did not start; see %s."
                            .formatted(connection.data().resolve("logs/atelier.log")));
        }
        return address;
    }

    /** Throws if a bundle of Atelier has a fault; faults of other plugins do not prevent serving. */
    private void requireHealth() {
        String faults = doctor.examine().stream()
                .filter(finding -> finding.severity() == Finding.Severity.FAULT)
                .filter(finding -> finding.subject().startsWith(OWN_BUNDLES))
                .map(finding -> finding.subject() + ": " + finding.message())
                .collect(Collectors.joining("\n"));
        if (!faults.isEmpty()) {
            throw new AtelierException(
                    ENGINE_FAILED, "The server cannot start because parts of it do not work:\n" + faults);
        }
    }

    private void printStartup(URI address, boolean hasShell) {
        terminal.out().println("Atelier listens on " + address + "; its data folder is " + connection.data() + ".");
        terminal.out()
                .println("Submit a set with: atelier submit \"a house\" \"a fish\"; stop the server with "
                        + (hasShell ? "exit, " : "") + "Ctrl-C or kill "
                        + ProcessHandle.current().pid() + ".");
    }

    private void validateOptions() {
        if (port < 0 || port > MAX_PORT) {
            throw new AtelierException(
                    INVALID_REQUEST, "--port %d is not valid; give a port from 0 to %d.".formatted(port, MAX_PORT));
        }
        if (data != null && data.toString().isBlank()) {
            throw new AtelierException(INVALID_REQUEST, "--data is empty; give a folder.");
        }
    }
}
