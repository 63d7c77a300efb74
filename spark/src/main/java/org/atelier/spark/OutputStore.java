package org.atelier.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;

/**
 * The folder of a batch in a file system of Hadoop. Files are named relative to it, with slashes.
 *
 * <p>Where renaming is atomic (file, hdfs, viewfs), a file is written under a temporary name and renamed, so it is whole or
 * absent. Elsewhere it is written at its final name: in an object store such as S3 renaming is copying, and an object is
 * visible only when it is whole.
 */
final class OutputStore {

    /** A hidden folder for what the job needs; the name of a set begins with a letter or a digit. */
    static final String WORK = ".atelier";

    private static final Set<String> RENAMING = Set.of("file", "hdfs", "viewfs");

    private final FileSystem files;
    private final org.apache.hadoop.fs.Path root;
    private final boolean renaming;

    private OutputStore(FileSystem files, org.apache.hadoop.fs.Path root, boolean renaming) {
        this.files = files;
        this.root = root;
        this.renaming = renaming;
    }

    /**
     * @param folder absolute or relative, with or without a scheme
     * @throws IOException if there is no such file system
     */
    static OutputStore open(String folder, Configuration configuration) throws IOException {
        org.apache.hadoop.fs.Path path;
        FileSystem files;
        try {
            path = new org.apache.hadoop.fs.Path(folder);
            files = path.getFileSystem(configuration);
        } catch (IOException | RuntimeException e) {
            // Hadoop wraps an absent class into a RuntimeException.
            throw new IOException(
                    "%s cannot be opened: %s. The file system of that scheme needs its jars, such as hadoop-aws for s3a, and settings of Spark."
                            .formatted(folder, e.getMessage()),
                    e);
        }
        URI uri = files.makeQualified(path).toUri();
        boolean renaming = RENAMING.contains(uri.getScheme());
        // Without the files .NAME.crc that Hadoop adds to a local folder.
        FileSystem plain = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
        return new OutputStore(plain, new org.apache.hadoop.fs.Path(uri), renaming);
    }

    /** The folder with its scheme, as every machine can open it. */
    String uri() {
        return root.toString();
    }

    private org.apache.hadoop.fs.Path path(String name) {
        return new org.apache.hadoop.fs.Path(root, name);
    }

    boolean exists(String name) throws IOException {
        return files.exists(path(name));
    }

    /** The names of the files and folders in a folder; empty if there is no such folder. */
    List<String> list(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (FileStatus status : files.listStatus(folder.isEmpty() ? root : path(folder))) {
                names.add(status.getPath().getName());
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return names;
    }

    String readText(String name) throws IOException {
        try (InputStream in = files.open(path(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Copies a file to this machine. */
    void download(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = files.open(path(name))) {
            Files.copy(in, target);
        }
    }

    /**
     * Copies a file from this machine, in place of an earlier one.
     *
     * @param attempt names the attempt of the task that writes
     */
    void upload(Path source, String name, String attempt) throws IOException {
        write(Files.readAllBytes(source), name, attempt);
    }

    void writeText(String text, String name, String attempt) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8), name, attempt);
    }

    private void write(byte[] content, String name, String attempt) throws IOException {
        if (!renaming) {
            create(content, path(name));
            return;
        }
        org.apache.hadoop.fs.Path temporary = path(WORK + "/temporary/" + attempt + "/" + name.replace('/', '_'));
        create(content, temporary);
        rename(temporary, path(name));
    }

    /** The content is in memory, so that a fault of reading cannot end a file early. */
    private void create(byte[] content, org.apache.hadoop.fs.Path target) throws IOException {
        try (FSDataOutputStream out = files.create(target, true)) {
            out.write(content);
        }
    }

    private void rename(org.apache.hadoop.fs.Path source, org.apache.hadoop.fs.Path target) throws IOException {
        files.mkdirs(target.getParent());
        if (files.rename(source, target)) {
            return;
        }
        // HDFS replaces no file. Another attempt may do the same at the same time, with the same bytes.
        files.delete(target, false);
        if (!files.rename(source, target) && !files.exists(target)) {
            throw new IOException("%s cannot be renamed to %s".formatted(source, target));
        }
    }

    /** Deletes a file or a folder with its files; it may be absent. */
    void delete(String name) throws IOException {
        files.delete(path(name), true);
    }

    /** Deletes the temporary files of an attempt. */
    void deleteTemporary(String attempt) throws IOException {
        if (renaming) {
            delete(WORK + "/temporary/" + attempt);
        }
    }
}
