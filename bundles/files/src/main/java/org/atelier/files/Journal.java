package org.atelier.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What happened, an entry a line, kept through a crash: an entry that was written once is there after any kill or power
 * cut, and one that was not written to its end is not.
 *
 * <p>A line is the CRC-32C of the entry as eight hexadecimal digits, a space, and the entry: JSON, in UTF-8, on one line.
 * Each is forced to the disk before {@link #append} returns. Not for several threads at once, nor for several processes.
 */
public final class Journal implements AutoCloseable {

    private static final int CHECKSUM = 8;
    private static final int HEXADECIMAL = 16;

    private final Path file;
    private final List<String> found;

    /** No channel: that would be closed for good when a thread is interrupted that writes. */
    private RandomAccessFile disk;

    /** How many bytes are entries; a failing disk may have left something behind them. */
    private long end;

    private Journal(Path file, List<String> found, RandomAccessFile disk, long end) {
        this.file = file;
        this.found = List.copyOf(found);
        this.disk = disk;
        this.end = end;
    }

    /**
     * Opens a journal, or begins one where there is none. Of what is there everything up to the first line that is not
     * whole counts; that line and what follows it are cut off, for they were never acknowledged or the disk spoilt them.
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

    /** The whole entries of a journal, which is left as it is; none where there is no such file. */
    public static List<String> read(Path file) throws IOException {
        List<String> entries = new ArrayList<>();
        if (Files.exists(file)) {
            read(Files.readAllBytes(file), entries);
        }
        return List.copyOf(entries);
    }

    /**
     * Rids a journal of lines that the disk has spoilt, where each entry counts by itself: one that whole entries follow was
     * written to its end before them. The whole ones stay; what is not whole at the very end was never acknowledged.
     *
     * @param asItWas where the spoilt file is kept, over one that is there
     * @return how many lines were lost; for none nothing is changed
     */
    public static int salvage(Path file, Path asItWas) throws IOException {
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
            Files.copy(file, asItWas, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            write(file, whole);
        }
        return lost;
    }

    /** The entries that were there when it was opened, in order. */
    public List<String> found() {
        return found;
    }

    /**
     * Adds an entry and waits until it is on the disk.
     *
     * @param entry without line breaks
     * @throws IOException and then the journal is as it was before, so that the entry may be tried again
     */
    public void append(String entry) throws IOException {
        byte[] line = line(entry);
        try {
            // What an attempt left that failed, if even that could not be taken back, is cut off now.
            disk.setLength(end);
            disk.seek(end);
            disk.write(line);
            disk.getFD().sync();
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
        end += line.length;
    }

    private void takeBack(IOException reason) {
        try {
            disk.setLength(end);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Puts other entries in place of all, in one step: a crash leaves the earlier ones or these. */
    public void replace(List<String> entries) throws IOException {
        try {
            write(file, entries);
        } finally {
            goOnWithTheFile();
        }
    }

    private static void write(Path file, List<String> entries) throws IOException {
        AtomicFile.write(file, out -> {
            for (String entry : entries) {
                out.write(line(entry));
            }
        });
    }

    /** Whichever it is by now: what is written to one that was replaced is lost, and so nothing is if this one fails to open. */
    private void goOnWithTheFile() throws IOException {
        disk.close();
        disk = new RandomAccessFile(file.toFile(), "rw");
        end = disk.length();
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private static byte[] line(String entry) {
        if (entry.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("An entry of a journal is one line, not " + entry);
        }
        byte[] own = entry.getBytes(StandardCharsets.UTF_8);
        return "%08x %s\n".formatted(checksum(own), entry).getBytes(StandardCharsets.UTF_8);
    }

    /** @return how many bytes are whole lines */
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

    /** Where the line ends that begins there; -1 if it does not. */
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
        String said = new String(content, start, CHECKSUM, StandardCharsets.US_ASCII);
        byte[] entry = Arrays.copyOfRange(content, from, end);
        return said.matches("[0-9a-f]{8}") && Long.parseLong(said, HEXADECIMAL) == checksum(entry);
    }

    private static long checksum(byte[] entry) {
        CRC32C checksum = new CRC32C();
        checksum.update(entry);
        return checksum.getValue();
    }
}
