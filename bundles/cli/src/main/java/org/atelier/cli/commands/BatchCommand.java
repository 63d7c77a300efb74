package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchListener;
import org.atelier.api.batch.BatchResult;
import org.atelier.cli.reports.BatchReport;
import org.atelier.cli.services.BatchServices;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.BatchProgressReporter;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Generates many sets. */
@Command(
        name = "batch",
        header = "Generates many sets, one after the other: those of a matrix of styles, prompts and seeds.",
        description = {
            "All sets are checked before the first is generated. The same command continues an interrupted batch: complete"
                    + " sets are skipped, and sets that failed are tried again."
        },
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier batch [OPTIONS] FILE",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All sets were generated.",
            "2, 3, 4, 5, 6:A set failed, with this code of generate; the others were generated. Or, before any work, a"
                    + " fault of the campaign.",
            "130:Cancelled; the same command continues."
        },
        footer = {"", "Example:", "  atelier batch campaign.yaml --out spring"})
final class BatchCommand implements Callable<Integer> {

    private final BatchServices batches;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Parameters(paramLabel = "FILE", description = "The campaign: YAML or JSON, see docs/batch.md.")
    private Path file;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description =
                    "The folder of the batch, with a folder for each set; created if missing. Default: the name of"
                            + " the file without its extension, in the current folder.")
    private Path out;

    @Option(names = "--pull", description = "Downloads missing models; without this option nothing is downloaded.")
    private boolean pull;

    @Option(names = "--dry-run", description = "Checks and lists the sets; generates no images.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the result as JSON, and nothing else on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Prints only the folder and errors.")
    private boolean quiet;

    BatchCommand(BatchServices batches, Models models, Terminal terminal, Cancellation cancellation) {
        this.batches = batches;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        Batch batch = batches.format().read(terminal.folder().resolve(file));
        if (pull) {
            batch.sets().forEach(set -> models.ensureFor(set.request(), terminal, cancellation));
        }
        if (dryRun) {
            BatchReport.printSets(batches.runner().resolve(batch), terminal.out(), json);
            return ExitCode.DONE;
        }
        BatchResult result = run(batch, terminal.folder().resolve(out == null ? defaultFolder() : out));
        BatchReport.print(result, terminal.out(), json, quiet);
        return result.failed().isEmpty()
                ? ExitCode.DONE
                : ExitCode.of(result.failed().get(0).code());
    }

    /** The name of the file without its extension: the same for each call, so that the same command continues. */
    private Path defaultFolder() {
        String name = file.getFileName().toString();
        int extension = name.lastIndexOf('.');
        return Path.of(extension > 0 ? name.substring(0, extension) : name + "-batch");
    }

    private BatchResult run(Batch batch, Path folder) {
        if (quiet) {
            return batches.runner().run(batch, folder, new BatchListener() {
                @Override
                public boolean cancelled() {
                    return cancellation.requested();
                }
            });
        }
        try (BatchProgressReporter reporter = new BatchProgressReporter(terminal, cancellation, System::nanoTime)) {
            return batches.runner().run(batch, folder, reporter);
        }
    }
}
