package org.atelier.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** A symbolic link that leads nowhere. */
public final class DanglingSymlink {

    public static final String FOUND = "It is a link that leads nowhere.";
    public static final String REMEDY = "Put back what it leads to, or take the link away.";

    private DanglingSymlink() {}

    public static boolean is(Path file) {
        return Files.isSymbolicLink(file) && !Files.exists(file);
    }
}
