package org.atelier.cli.options;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** What is read, written and printed. */
public final class OutputOptions {

    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description =
                    "Starts from a request: YAML or JSON, a set.json, or an image that Atelier generated. What else is given"
                            + " here overrides it.")
    private Path request;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "A folder without an earlier set; created if missing. Default: atelier-DATE-TIME here.")
    private Path out;

    @Option(names = "--no-metadata", description = "The images do not say how they were made.")
    private boolean withoutMetadata;

    @Option(
            names = "--dry-run",
            description =
                    "Checks everything and prints the request with nothing left open, as JSON; generates nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the result as JSON, and nothing else on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Prints the folder and faults only.")
    private boolean quiet;

    void into(SetRequestBuilder builder) {
        if (withoutMetadata) {
            builder.metadata(false);
        }
    }

    Optional<Path> request(Path from) {
        return Optional.ofNullable(request).map(from::resolve);
    }

    public Path folder(Path from) {
        return from.resolve(
                out == null
                        ? Path.of("atelier-"
                                + LocalDateTime.now(ZoneId.systemDefault()).format(NOW))
                        : out);
    }

    public boolean dryRun() {
        return dryRun;
    }

    public boolean json() {
        return json;
    }

    public boolean quiet() {
        return quiet;
    }
}
