package org.atelier.cli.options;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The output folder of a command: that of {@code --out}, else one named after the command and the time. */
public final class DatedFolder {

    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private DatedFolder() {}

    /**
     * The output folder.
     *
     * @param out the value of {@code --out}; {@code null} if it is not given
     * @param from the current folder
     * @param command the first part of the default name
     */
    public static Path of(Path out, Path from, String command) {
        Path now = Path.of(
                command + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(NOW));
        return from.resolve(out == null ? now : out);
    }
}
