package org.atelier.queue;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;
import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.files.Journal;
import org.atelier.files.JournalRemovedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of all entries on disk, in order. While the disk is full, entries of events that have already happened wait in
 * memory; they are written before any later entry.
 */
final class JobJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobJournal.class);

    /** The journal is compacted when it has more lines than this, in addition to two for each job. */
    private static final int MIN_COMPACTED_LINES = 1000;

    /**
     * It is also compacted when more characters than this have been added since the last compaction, in addition to its
     * size at that time: sixteen of the largest requests, or some thousands of typical ones.
     */
    private static final long MIN_COMPACTED_LENGTH = 16 << 20;

    /** Stores the lines. */
    interface Disk {

        void append(String line) throws IOException;

        void replace(List<String> lines) throws IOException;

        void close() throws IOException;
    }

    private final Path file;
    private final EntryFormat format;
    private final Disk disk;
    private final Deque<String> pending = new ArrayDeque<>();
    private int lines;

    /** The number of characters in the journal after the last compaction. */
    private long compactedSize;

    /** The number of characters added since the last compaction. */
    private long added;

    private boolean failing;
    private boolean closed;

    /** @param file named in error messages */
    JobJournal(Path file, EntryFormat format, Disk disk) {
        this.file = file;
        this.format = format;
        this.disk = disk;
    }

    /**
     * Opens a journal, applies its entries to a table, and compacts the journal. A line that the disk corrupted is dropped;
     * all other entries are kept.
     */
    static JobJournal open(Path file, EntryFormat format, JobTable table, Instant now) {
        try {
            salvage(file);
            Journal.read(file).forEach(line -> table.apply(format.read(line)));
            table.markCrashed(now);
            Journal journal = Journal.open(file);
            JobJournal opened = new JobJournal(file, format, onDisk(journal));
            opened.lines = journal.entries().size();
            opened.compact(table);
            return opened;
        } catch (IOException e) {
            String message = "Cannot open the journal of the queue, %s: %s. Check the permissions of the file.";
            throw new AtelierException(INPUT_UNREADABLE, message.formatted(file, IoErrors.of(e)), e);
        } catch (AtelierException e) {
            String message =
                    "Cannot read the journal of the queue, %s, so no set is generated: %s Start the version of Atelier that"
                            + " wrote it, or move the file away to start with an empty queue.";
            throw new AtelierException(INPUT_UNREADABLE, message.formatted(file, e.getMessage()), e);
        }
    }

    private static void salvage(Path file) throws IOException {
        Path damagedCopy = file.resolveSibling(file.getFileName() + ".damaged");
        int lost = Journal.salvage(file, damagedCopy);
        if (lost > 0) {
            LOG.warn(
                    "The disk corrupted {} of the journal of the queue, {} (original: {}). These entries are lost; all others"
                            + " are kept. Check for jobs that are missing or run again: atelier jobs list",
                    lost == 1 ? "a line" : lost + " lines",
                    file,
                    damagedCopy);
        }
    }

    private static Disk onDisk(Journal journal) {
        return new Disk() {
            @Override
            public void append(String line) throws IOException {
                journal.append(line);
            }

            @Override
            public void replace(List<String> lines) throws IOException {
                journal.replace(lines);
            }

            @Override
            public void close() throws IOException {
                journal.close();
            }
        };
    }

    /**
     * Writes an entry. When this returns, the entry is on disk.
     *
     * @throws AtelierException {@code OUTPUT_UNWRITABLE} if it cannot be written; the journal is then unchanged
     */
    void write(Entry entry) {
        try {
            writePending();
            append(format.write(entry));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Writes the entry of an event that has already happened: now, or as soon as the disk has space. */
    void writeOrDefer(Entry entry) {
        pending.add(format.write(entry));
        catchUp();
    }

    /** Whether entries in memory are not on disk yet. */
    boolean isBehind() {
        return !pending.isEmpty();
    }

    /** Tries again to write the entries that are not on disk yet. */
    void catchUp() {
        try {
            writePending();
        } catch (IOException e) {
            LOG.debug("{} entries are not on disk yet", pending.size(), e);
        }
    }

    /** Compacts the journal if most of its lines are obsolete. */
    void compactIfLong(JobTable table) {
        boolean isLong = lines > MIN_COMPACTED_LINES + 2 * table.size() || added > MIN_COMPACTED_LENGTH + compactedSize;
        if (isLong && !closed) {
            compact(table);
        }
    }

    private void compact(JobTable table) {
        List<String> all = new ArrayList<>();
        table.snapshot().forEach(entry -> all.add(format.write(entry)));
        try {
            disk.replace(all);
            pending.clear();
            lines = all.size();
            compactedSize = all.stream().mapToLong(String::length).sum();
        } catch (IOException e) {
            // The uncompacted journal is still valid.
            LOG.warn("{}", unwritable(file, e).getMessage());
            lines = 0;
        }
        added = 0;
    }

    private void writePending() throws IOException {
        while (!pending.isEmpty()) {
            append(pending.element());
            pending.remove();
        }
    }

    private void append(String line) throws IOException {
        if (closed) {
            throw new IOException("the queue has stopped");
        }
        try {
            disk.append(line);
        } catch (IOException e) {
            warnOnce(true, unwritable(file, e).getMessage() + " Atelier will retry.");
            throw e;
        }
        lines++;
        added += line.length();
        warnOnce(false, "The journal of the queue, %s, can be written again.".formatted(file));
    }

    /** Logs a warning when writing starts to fail and when it works again, but not at each attempt. */
    private void warnOnce(boolean fails, String sentence) {
        if (failing != fails) {
            failing = fails;
            LOG.warn(sentence);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            disk.close();
        } catch (IOException e) {
            LOG.warn("Cannot close {}: {}", file, IoErrors.of(e));
        }
    }

    private static AtelierException unwritable(Path file, IOException reason) {
        String remedy = reason instanceof JournalRemovedException
                ? "No set is accepted or started until the server is restarted."
                : "Free space on that disk, or check the permissions.";
        return new AtelierException(
                OUTPUT_UNWRITABLE,
                "Cannot write the journal of the queue, %s: %s. %s".formatted(file, IoErrors.of(reason), remedy),
                reason);
    }
}
