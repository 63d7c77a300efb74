package org.atelier.cli.commands;

import static org.atelier.api.AtelierException.Code.ENGINE_FAILED;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.health.Doctor;
import org.atelier.api.health.Finding;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.services.ServerPage;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import org.atelier.wire.ServerRecord;
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
        customSynopsis = "atelier serve [OPTIONS]",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The shell was exited.",
            "5:A part of Atelier does not work; the error names it.",
            "70:The server cannot start: another process uses the data folder or the port, other machines could connect without a token or encryption, or a bundle does not start.",
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
            description = "The port to listen on; 0 for any free one. Default: the first free one from 7860 on.")
    private Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "The address or name of this machine to listen on; 0.0.0.0 for all. Other machines can connect only"
                            + " with a token of your own and --tls-keystore or --insecure. Default: 127.0.0.1.")
    private String host;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file with the token that callers must send. Default: ATELIER_TOKEN, else the file token in the"
                            + " data folder, which is created.")
    private Path tokenFile;

    @Option(
            names = "--tls-keystore",
            paramLabel = "FILE",
            description = "A keystore (PKCS12 or JKS) with the key for HTTPS. Default: none, HTTP.")
    private Path keystore;

    @Option(
            names = "--tls-password-file",
            paramLabel = "FILE",
            description = "A file with the password of the keystore. Default: ATELIER_TLS_PASSWORD.")
    private Path passwordFile;

    @Option(names = "--insecure", description = "Lets other machines connect without encryption.")
    private boolean insecure;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description =
                    "A further name by which callers may address the server, such as host.docker.internal; repeatable.")
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description =
                    "The origin of web pages that may call the server (CORS), such as http://localhost:3000; repeatable."
                            + " Default: none but its own.")
    private List<String> allowedOrigins = List.of();

    @Option(names = "--open", description = "Opens the page of the server in the browser, with the token.")
    private boolean open;

    @Option(names = "--shell", description = "Runs the OSGi shell (Gogo) in this terminal; exit stops the server.")
    private boolean shell;

    ServeCommand(ServerConnection connection, Doctor doctor, Terminal terminal, Cancellation cancellation) {
        this.connection = connection;
        this.doctor = doctor;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        validateOptions();
        boolean hasShell = shell && Boolean.getBoolean(STDIN_IS_TERMINAL);
        if (shell && !hasShell) {
            terminal.err().println("There is no shell: standard input is not a terminal.");
        }
        Optional<ServerPage> page = endpointAddress().map(address -> new ServerPage(address, connection.data()));
        if (page.isPresent()) {
            printStartup(page.get().server(), hasShell);
            if (open) {
                openPage(page.get());
            }
        }
        cancellation.await();
        if (page.isPresent()) {
            page.get().close();
        }
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
        if (host != null) {
            terminal.out().println("It listens on port %d of %s.".formatted(address.getPort(), host));
        }
        if (insecure) {
            terminal.printNote("Token and images are sent unencrypted (--insecure).");
        }
    }

    private void openPage(ServerPage page) throws IOException {
        Path token = connection.data().resolve(ServerRecord.TOKEN_FILE);
        if (page.openIn(connection.browser())) {
            terminal.out()
                    .println("The browser opens the page; elsewhere, open " + page.address()
                            + " and enter the token of " + token + ".");
        } else if (terminal.outColumns() > 0) {
            terminal.out().println("No browser can be opened here; the page is " + page.authorisedAddress());
        } else {
            // A file or a pipe may be a log, which is no place for the token.
            terminal.out()
                    .println("No browser can be opened here; open " + page.address() + " and enter the token of "
                            + token + ".");
        }
    }

    private void validateOptions() {
        if (port != null && (port < 0 || port > MAX_PORT)) {
            throw new AtelierException(
                    INVALID_REQUEST, "--port %d is not valid; give a port from 0 to %d.".formatted(port, MAX_PORT));
        }
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("--data", data);
        given.put("--host", host);
        given.put("--token-file", tokenFile);
        given.put("--tls-keystore", keystore);
        given.put("--tls-password-file", passwordFile);
        given.values().removeIf(Objects::isNull);
        given.forEach(ServeCommand::requireValue);
        allowedHosts.forEach(name -> requireValue("--allow-host", name));
        allowedOrigins.forEach(origin -> requireValue("--allow-origin", origin));
    }

    private static void requireValue(String option, Object value) {
        String text = value.toString();
        if (text.isBlank() || text.startsWith("--")) {
            throw new AtelierException(
                    INVALID_REQUEST, "%s '%s' is not valid; give it a value.".formatted(option, text));
        }
    }
}
