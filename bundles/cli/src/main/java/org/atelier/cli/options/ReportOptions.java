package org.atelier.cli.options;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of an evaluation's output. */
public final class ReportOptions {

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description =
                    "The output folder; must be empty or missing. Default: COMMAND-DATE-TIME in the current folder.")
    private Path out;

    @Option(names = "--json", description = "Prints the findings as JSON, and nothing else on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Prints only the report's file and errors.")
    private boolean quiet;

    /**
     * The output folder.
     *
     * @param from the current folder
     * @param command the first part of the default name
     */
    public Path folder(Path from, String command) {
        return DatedFolder.of(out, from, command);
    }

    public boolean json() {
        return json;
    }

    public boolean quiet() {
        return quiet;
    }
}
