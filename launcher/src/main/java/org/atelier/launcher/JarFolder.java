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

/** The folder of other people's jars. */
record JarFolder(Path folder) {

    /**
     * What tells one content of a file from another without reading it.
     *
     * @param key of the file itself, which a rename brings along; null where the file system has none
     */
    record State(FileTime modified, long size, Object key) {}

    /** What lies there now, in alphabetical order; nothing where there is no such folder. */
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
                // It was taken away in this very moment.
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
