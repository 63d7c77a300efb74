package org.atelier.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * A crash-safe journal with one entry per line: an appended entry survives any kill or power failure, and an incomplete
 * one is discarded.
 *
 * <p>A line consists of the entry's CRC-32C as eight hexadecimal digits, a space, and the entry: JSON in UTF-8 without
 * line breaks. {@link #append} forces each line to disk before it returns. It must not be used by several threads or
 * processes at once.
 */
public final class Journal implements AutoCloseable {

    private static final int CHECKSUM = 8;
    private static final int HEXADECIMAL = 16;

    private final Path file;
    private final List<String> entries;

    /** Not a FileChannel, which would be closed if a writing thread is interrupted. */
    private RandomAccessFile disk;

    /** What the system knows the open file by; {@code null} if it knows none. */
    private Object key;

    /** Length of the complete entries in bytes; a failed write may have left more data after them. */
    private long end;

    private Journal(Path file, List<String> entries, RandomAccessFile disk, long end) throws IOException {
        this.file = file;
        this.entries = List.copyOf(entries);
        this.disk = disk;
        this.key = key(file);
        this.end = end;
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /**
     * Opens a journal or creates it. The file is truncated at the first incomplete or damaged line, which was never
     * acknowledged or was corrupted by the disk.
     */
    public static Journal open(Path file) throws IOException {
        List<String> entries = new ArrayList<>();
        long whole = Files.exists(file) ? read(Files.readAllBytes(file), entries) : 0;
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw");
        try {
            disk.setLength(whole);
            disk.getFD().sync();
            AtomicFile.forceEntries(file.toAbsolutePath().getParent());
            return new Journal(file, entries, disk, whole);
        } catch (IOException e) {
            disk.close();
            throw e;
        }
    }

    /** Reads the complete entries of a journal without changing it; empty if the file does not exist. */
    public static List<String> read(Path file) throws IOException {
        List<String> entries = new ArrayList<>();
        if (Files.exists(file)) {
            read(Files.readAllBytes(file), entries);
        }
        return List.copyOf(entries);
    }

    /**
     * Removes damaged lines from a journal with independent entries. A damaged line that is followed by complete
     * entries was itself complete once and is lost; damaged lines at the very end were never acknowledged.
     *
     * @param backup where the damaged file is copied, replacing an existing file
     * @return number of lost lines; if 0, nothing is changed
     */
    public static int salvage(Path file, Path backup) throws IOException {
        List<String> whole = new ArrayList<>();
        int lost = 0;
        int torn = 0;
        byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        for (int start = 0, end = lineEnd(content, start); end >= 0; start = end + 1, end = lineEnd(content, start)) {
            if (isWhole(content, start, end)) {
                whole.add(entry(content, start, end));
                lost += torn;
                torn = 0;
            } else {
                torn++;
            }
        }
        if (lost > 0) {
            Files.copy(file, backup, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            write(file, whole);
        }
        return lost;
    }

    /** The entries when it was opened, in order. */
    public List<String> entries() {
        return entries;
    }

    /**
     * Appends an entry and forces it to disk.
     *
     * @param entry without line breaks
     * @throws JournalRemovedException if the file was removed or replaced
     * @throws IOException if it fails; the journal is then unchanged, so the call may be retried
     */
    public void append(String entry) throws IOException {
        byte[] line = line(entry);
        requireInPlace();
        try {
            // Truncates what a failed attempt left, if it could not be rolled back.
            disk.setLength(end);
            disk.seek(end);
            disk.write(line);
            disk.getFD().sync();
        } catch (IOException e) {
            rollBack(e);
            throw e;
        }
        end += line.length;
    }

    /** What is written to a file that was removed is lost, although every write succeeds. */
    private void requireInPlace() throws JournalRemovedException {
        try {
            if (Objects.equals(key, key(file))) {
                return;
            }
        } catch (IOException e) {
            throw new JournalRemovedException(e);
        }
        throw new JournalRemovedException(null);
    }

    private void rollBack(IOException reason) {
        try {
            disk.setLength(end);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Replaces all entries atomically. */
    public void replace(List<String> entries) throws IOException {
        requireInPlace();
        try {
            write(file, entries);
        } finally {
            reopen();
        }
    }

    private static void write(Path file, List<String> entries) throws IOException {
        AtomicFile.write(file, out -> {
            for (String entry : entries) {
                out.write(line(entry));
            }
        });
    }

    /** Opens the current file, because data written to a replaced file would be lost. */
    private void reopen() throws IOException {
        disk.close();
        disk = new RandomAccessFile(file.toFile(), "rw");
        key = key(file);
        end = disk.length();
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private static byte[] line(String entry) {
        if (entry.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A journal entry must be one line, not " + entry);
        }
        byte[] own = entry.getBytes(StandardCharsets.UTF_8);
        return "%08x %s\n".formatted(checksum(own), entry).getBytes(StandardCharsets.UTF_8);
    }

    /** @return length of the complete lines in bytes */
    private static int read(byte[] content, List<String> entries) {
        int start = 0;
        for (int end = lineEnd(content, start);
                end >= 0 && isWhole(content, start, end);
                end = lineEnd(content, start)) {
            entries.add(entry(content, start, end));
            start = end + 1;
        }
        return start;
    }

    /** The end of the line that starts at an offset; -1 if it is incomplete. */
    private static int lineEnd(byte[] content, int start) {
        for (int end = start; end < content.length; end++) {
            if (content[end] == '\n') {
                return end;
            }
        }
        return -1;
    }

    private static String entry(byte[] content, int start, int end) {
        int from = start + CHECKSUM + 1;
        return new String(content, from, end - from, StandardCharsets.UTF_8);
    }

    private static boolean isWhole(byte[] content, int start, int end) {
        int from = start + CHECKSUM + 1;
        if (from > end || content[from - 1] != ' ') {
            return false;
        }
        String stored = new String(content, start, CHECKSUM, StandardCharsets.US_ASCII);
        byte[] entry = Arrays.copyOfRange(content, from, end);
        return stored.matches("[0-9a-f]{8}") && Long.parseLong(stored, HEXADECIMAL) == checksum(entry);
    }

    private static long checksum(byte[] entry) {
        CRC32C checksum = new CRC32C();
        checksum.update(entry);
        return checksum.getValue();
    }
}
