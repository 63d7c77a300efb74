package org.atelier.cli.options;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options of an evaluation's output. */
public final class ReportOptions {

    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description =
                    "The output folder; must be empty or missing. Default: ablation-DATE-TIME in the current folder.")
    private Path out;

    @Option(names = "--json", description = "Prints the findings as JSON, and nothing else on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Prints only the report's file and errors.")
    private boolean quiet;

    public Path folder(Path from) {
        Path now =
                Path.of("ablation-" + LocalDateTime.now(ZoneId.systemDefault()).format(NOW));
        return from.resolve(out == null ? now : out);
    }

    public boolean json() {
        return json;
    }

    public boolean quiet() {
        return quiet;
    }
}
