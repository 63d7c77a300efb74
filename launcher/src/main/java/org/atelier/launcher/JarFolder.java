package org.atelier.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder of deployed jars. */
record JarFolder(Path folder) {

    /**
     * Distinguishes versions of a file without reading it.
     *
     * @param key the key of the file, which it keeps when it is renamed; {@code null} if the file system has none
     */
    record State(FileTime modified, long size, Object key) {}

    /** Returns the present jars in alphabetical order; none if the folder does not exist. */
    SortedMap<Path, State> jars() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Collections.emptySortedMap();
        }
        SortedMap<Path, State> jars = new TreeMap<>();
        for (Path file : files()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    jars.put(file, new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
                }
            } catch (NoSuchFileException e) {
                // The file was removed while the folder was listed.
            }
        }
        return jars;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
