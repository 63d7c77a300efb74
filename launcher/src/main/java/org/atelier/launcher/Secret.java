package org.atelier.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A secret of the user, from a file or from an environment variable: command lines are visible to every user of a machine.
 *
 * @param option the option that names the file
 * @param file takes precedence over the variable; {@code null} for none
 * @param variable the name of the environment variable
 * @param value the value of the variable; {@code null} or blank for none
 */
record Secret(String option, Path file, String variable, String value) {

    private static final int MAX_BYTES = 4096;

    static Secret none(String option, String variable) {
        return new Secret(option, null, variable, null);
    }

    boolean isSet() {
        return file != null || (value != null && !value.isBlank());
    }

    /** Where a user can set it, as a part of a sentence. */
    String remedy() {
        return "give %s FILE, or set %s".formatted(option, variable);
    }

    /**
     * Returns the secret without the line break at its end.
     *
     * @throws CannotStartException if its file cannot be read, is empty, or has more than one line
     */
    Optional<String> read() {
        if (file == null) {
            return Optional.ofNullable(value).filter(text -> !text.isBlank());
        }
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(MAX_BYTES + 1), StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
        } catch (NoSuchFileException e) {
            throw new CannotStartException("%s %s cannot be read: there is no such file".formatted(option, file), e);
        } catch (IOException e) {
            throw new CannotStartException("%s %s cannot be read: %s".formatted(option, file, Fault.of(e)), e);
        }
        if (text.isBlank() || text.length() > MAX_BYTES || text.contains("\n")) {
            throw new CannotStartException(
                    "%s %s must hold one line, the secret, and nothing else".formatted(option, file));
        }
        return Optional.of(text);
    }

    /** Never the secret itself. */
    @Override
    public String toString() {
        return option;
    }
}
