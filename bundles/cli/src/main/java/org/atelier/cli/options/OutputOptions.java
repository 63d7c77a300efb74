package org.atelier.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.atelier.api.set.SetRequestBuilder;
import picocli.CommandLine.Option;

/** The options of the request file, the output folder and the printed result. */
public final class OutputOptions {

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description = "Reads the request from YAML, JSON, a set.json or an image that Atelier or another program"
                    + " generated. Other options override it.")
    private Path request;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "The output folder; must not contain a set; created if missing. Default:"
                    + " atelier-DATE-TIME in the current folder.")
    private Path out;

    @Option(names = "--no-metadata", description = "Writes no metadata on how they were made into the images.")
    private boolean withoutMetadata;

    @Option(
            names = "--dry-run",
            description =
                    "Validates the request and prints it as JSON with all defaults resolved; generates no images.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the result as JSON, and nothing else on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Prints only the folder and errors.")
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
        return folder(from, "atelier");
    }

    /**
     * The output folder.
     *
     * @param from the current folder
     * @param command the first part of the default name
     */
    public Path folder(Path from, String command) {
        return DatedFolder.of(out, from, command);
    }

    boolean isFolderGiven() {
        return out != null;
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
