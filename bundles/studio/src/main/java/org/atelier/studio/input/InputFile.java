package org.atelier.studio.input;

import java.nio.file.Path;

/**
 * An input file of a set, read once: its hash and all that is decoded of it come from the same bytes, whatever becomes
 * of the user's file.
 *
 * @param source the user's file, absolute; what errors and records name
 * @param copy a private copy with the same file name, there until its {@link InputFiles} are closed
 * @param sha256 of the copy, 64 hexadecimal digits
 */
public record InputFile(Path source, Path copy, String sha256) {

    /** A message about the copy as one about the user's file. */
    public String namingSource(String message) {
        return message.replace(copy.toString(), source.toString());
    }
}
