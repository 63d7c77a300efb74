package org.atelier.cli.worker;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.cli.services.BatchServices;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.services.WorkerServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Generates slices of sets for another program, which sends commands as lines of JSON. */
@Command(
        name = "worker",
        header = "Generates parts of sets for another program, such as a cluster's: reads commands, prints events.",
        description = {
            "Each line of standard input is a command in JSON: resolve, invert, generate or assemble. Each line of"
                    + " standard output is an event in JSON. The network stays loaded between commands. The process ends"
                    + " when its input ends; docs/worker.md has the protocol."
        },
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier worker [OPTIONS]",
        descriptionHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  echo '{\"id\":1,\"command\":\"resolve\",\"campaign\":\"campaign.yaml\"}' | atelier worker"
        })
public final class WorkerCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);

    /** System property that the engine reads when it starts. */
    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private final WorkerServices services;
    private final WorkerCalls calls;
    private final String version;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "The threads of the network, at least 1. Default: OMP_NUM_THREADS, else one for each core.")
    private Integer threads;

    /** @param version that of Atelier */
    public WorkerCommand(
            WorkerServices services,
            SetServices sets,
            BatchServices batches,
            String version,
            Terminal terminal,
            Cancellation cancellation) {
        this.services = services;
        this.calls = new WorkerCalls(services.slices(), sets.assembler(), sets.format(), batches);
        this.version = version;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (threads != null && threads < 1) {
            throw new AtelierException(INVALID_REQUEST, "The threads must be 1 or more, not " + threads + ".");
        }
        if (threads != null) {
            System.setProperty(THREADS, threads.toString());
        }
        WorkerOutput output = new WorkerOutput(terminal.out());
        output.ready(version);
        try {
            WorkerInput.of(services.input())
                    .forEach(line -> execute(line, output), () -> cancellation.requested() || output.isBroken());
        } finally {
            services.slices().release();
        }
        return cancellation.requested() ? ExitCode.CANCELLED : ExitCode.DONE;
    }

    /** @param line {@code null} if it is too long */
    private void execute(String line, WorkerOutput output) {
        JsonElement id = JsonNull.INSTANCE;
        try {
            JsonObject command = parsed(line);
            id = id(command);
            WorkerProgress progress = new WorkerProgress(id, output, terminal.err(), cancellation, System::nanoTime);
            output.result(id, calls.call(new WorkerFields(command, terminal.folder()), progress));
        } catch (AtelierException e) {
            LOG.debug("The command failed", e);
            output.error(id, e);
        } catch (RuntimeException e) {
            LOG.error("The command failed unexpectedly", e);
            output.error(id, "internal_error", "Unexpected error: %s; the log has the stack trace.".formatted(e));
        }
    }

    private static JsonObject parsed(String line) {
        if (line == null) {
            throw new AtelierException(INVALID_REQUEST, "A line is longer than 64 MiB.");
        }
        try {
            if (JsonParser.parseString(line) instanceof JsonObject command) {
                return command;
            }
        } catch (JsonParseException e) {
            throw new AtelierException(INVALID_REQUEST, "A line is not valid JSON: " + e.getMessage(), e);
        }
        throw new AtelierException(INVALID_REQUEST, "A line is not a JSON object; each command is one.");
    }

    private static JsonElement id(JsonObject command) {
        if (command.get("id") instanceof JsonPrimitive id && id.isNumber()) {
            return id;
        }
        throw new AtelierException(INVALID_REQUEST, "id must be a number.");
    }
}
