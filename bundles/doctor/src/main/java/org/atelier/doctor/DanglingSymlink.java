package org.atelier.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** A symbolic link whose target does not exist. */
public final class DanglingSymlink {

    public static final String FOUND = "It is a dangling symbolic link.";
    public static final String REMEDY = "Restore its target, or remove the link.";

    private DanglingSymlink() {}

    public static boolean is(Path file) {
        return Files.isSymbolicLink(file) && !Files.exists(file);
    }
}
