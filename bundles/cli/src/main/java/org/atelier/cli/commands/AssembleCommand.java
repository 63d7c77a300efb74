package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.set.SetAssembler;
import org.atelier.cli.reports.SetReport;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Joins slices to a set. */
@Command(
        name = "assemble",
        header = "Joins slices of a set, which generate --only wrote, to the whole set.",
        description = {
            "Checks that the slices belong to one set and have all of its images, then copies the images and writes"
                    + " contact sheet and set.json. All files are equal to those of the set that is generated whole."
        },
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier assemble [OPTIONS] FOLDER... --out DIR",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  atelier generate --request spring.yaml --seed 7 --chunk 1 --only 0-3 --out first",
            "  atelier generate --request spring.yaml --seed 7 --chunk 1 --only 4-7 --out second",
            "  atelier assemble first second --out spring"
        })
final class AssembleCommand implements Callable<Integer> {

    private final SetAssembler assembler;
    private final Terminal terminal;

    @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "The folders of the slices, in any order.")
    private List<Path> slices = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "The output folder; must not contain a set; created if missing.")
    private Path out;

    @Option(names = "--json", description = "Prints the result as JSON, and nothing else on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Prints only the folder and errors.")
    private boolean quiet;

    AssembleCommand(SetAssembler assembler, Terminal terminal) {
        this.assembler = assembler;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path folder = terminal.folder();
        new SetReport(assembler.assemble(slices.stream().map(folder::resolve).toList(), folder.resolve(out)))
                .print(terminal.out(), json, quiet);
        return ExitCode.DONE;
    }
}
