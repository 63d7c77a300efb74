package org.atelier.studio.input;

import java.nio.file.Path;

/**
 * An input file of a set, read once: its hash and everything decoded from it come from the same bytes, even if the user's file
 * changes.
 *
 * @param source the absolute path of the user's file, which errors and records name
 * @param copy a private copy with the same file name, which exists until its {@link InputFiles} are closed
 * @param sha256 the SHA-256 of the copy, 64 hexadecimal digits
 */
public record InputFile(Path source, Path copy, String sha256) {

    /** Replaces the path of the copy in a message by that of the user's file. */
    public String namingSource(String message) {
        return message.replace(copy.toString(), source.toString());
    }
}
