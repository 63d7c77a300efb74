package org.atelier.cli;

import static org.atelier.api.AtelierException.Code.ENGINE_FAILED;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lives on until the process is told to stop. The launcher has read these options before: which bundles run, and where
 * they keep their data, is decided by then.
 */
@Command(
        name = "serve",
        header = "Lives on: draws the sets that atelier submit hands it, and takes in plugins while it runs.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier serve [--data DIR] [--port N] [--shell]",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The shell was left.",
            "70:It cannot start: another process holds the data folder, or a bundle does not start.",
            "130:It was stopped by Ctrl-C, in order.",
            "143:It was stopped by SIGTERM, in order."
        },
        footer = {"", "Examples:", "  atelier serve", "  atelier submit \"a house\" \"a fish\"", "  atelier jobs list"})
final class ServeCommand implements Callable<Integer> {

    /** Says whether standard input is a terminal; set by {@code bin/atelier}, as Java cannot tell. */
    private static final String KEYBOARD = "atelier.keyboard";

    private static final int MOST_PORT = 65_535;

    private final Serving serving;
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

    @Option(names = "--shell", description = "Runs the Gogo shell of OSGi on this terminal; Ctrl-D ends both.")
    private boolean shell;

    ServeCommand(Serving serving, Terminal terminal, Cancellation cancellation) {
        this.serving = serving;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireSense();
        if (shell && !Boolean.getBoolean(KEYBOARD)) {
            terminal.err().println("There is no shell: this is no terminal.");
        }
        Optional<URI> address = serving.openDoor(cancellation);
        if (address.isEmpty() && !cancellation.requested()) {
            throw new AtelierException(
                    ENGINE_FAILED,
                    "Nothing listens for other processes; a port that another one has is the usual cause. See %s."
                            .formatted(serving.data().resolve("logs/atelier.log")));
        }
        address.ifPresent(this::greet);
        cancellation.await();
        terminal.err().println("Stopping: the running step ends; what is not drawn yet goes on at the next start.");
        return ExitCode.DONE;
    }

    private void greet(URI address) {
        terminal.out().println("Atelier serves at " + address + ", its data are in " + serving.data() + ".");
        terminal.out()
                .println("Hand it sets by: atelier submit \"a house\" \"a fish\"; end it by Ctrl-C or kill "
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
