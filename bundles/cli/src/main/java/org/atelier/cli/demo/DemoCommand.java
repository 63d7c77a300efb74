package org.atelier.cli.demo;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.cli.options.DatedFolder;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import org.atelier.files.IoErrors;
import org.atelier.html.OutputFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the commands of the demonstration in a folder with copies of the included inputs, and writes the page. */
@Command(
        name = "demo",
        header =
                "Shows what Atelier does: runs a command for each kind of input, on included files, and writes a page with"
                        + " the commands and their results.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier demo [OPTIONS]",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {
            "",
            "It needs no network, and about a minute and a half on two cores.",
            "",
            "Example:",
            "  atelier demo --out demo"
        })
public final class DemoCommand implements Callable<Integer> {

    /** The name of the page in the output folder. */
    private static final String PAGE = "demo.html";

    private final Path inputs;
    private final Function<Terminal, ToIntFunction<String[]>> commands;
    private final String version;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description =
                    "The output folder; must be empty or missing. Default: atelier-demo-DATE-TIME in the current folder.")
    private Path out;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "The denoising steps of each set. Default: ${DEFAULT-VALUE}.")
    private int steps = 16;

    @Option(names = "--quiet", description = "Prints only the page's file and errors.")
    private boolean quiet;

    /**
     * @param inputs the folder of the included inputs
     * @param commands makes a command line with a terminal; it returns the exit code
     * @param version that of Atelier
     */
    public DemoCommand(
            Path inputs,
            Function<Terminal, ToIntFunction<String[]>> commands,
            String version,
            Terminal terminal,
            Cancellation cancellation) {
        this.inputs = inputs;
        this.commands = commands;
        this.version = version;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        Path folder = DatedFolder.of(out, terminal.folder(), "atelier-demo")
                .toAbsolutePath()
                .normalize();
        OutputFolder output = new OutputFolder(folder);
        Faults faults = new Faults();
        output.check(faults);
        faults.throwIfAny();
        copyInputs(folder.resolve(DemoSteps.INPUTS));
        List<DemoStep> demonstration = new DemoSteps(steps).all();
        List<FinishedStep> finished = new ArrayList<>();
        for (DemoStep step : demonstration) {
            int code = run(step, folder, demonstration.size(), finished);
            if (code != ExitCode.DONE) {
                terminal.printError("The demonstration stopped, for this command failed: " + step.command());
                return code;
            }
        }
        Path page = output.write(PAGE, new DemoPage(folder, finished, version).html());
        terminal.out().println(page);
        return ExitCode.DONE;
    }

    private void copyInputs(Path target) {
        try (Stream<Path> files = Files.list(inputs)) {
            Files.createDirectories(target);
            for (Path file : files.sorted().toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE,
                    "The inputs of the demonstration cannot be copied from %s to %s: %s."
                            .formatted(inputs, target, IoErrors.of(e)),
                    e);
        }
    }

    /** Runs a command and adds its result; prints its errors. Returns its exit code. */
    private int run(DemoStep step, Path folder, int total, List<FinishedStep> finished) {
        if (cancellation.requested()) {
            throw new AtelierException(CANCELLED, "Cancelled.");
        }
        if (!quiet) {
            terminal.err().println("%d of %d: %s".formatted(finished.size() + 1, total, step.title()));
            terminal.err().println("    " + step.command());
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream notes = new ByteArrayOutputStream();
        long start = System.nanoTime();
        int code = commands.apply(new Terminal(folder, stream(printed), 0, stream(notes), 0))
                .applyAsInt(step.arguments().toArray(String[]::new));
        if (code == ExitCode.DONE) {
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            finished.add(new FinishedStep(step, duration, printed.toString(StandardCharsets.UTF_8)));
        } else {
            terminal.err().print(notes.toString(StandardCharsets.UTF_8));
        }
        return code;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
