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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries on the disk, in the order in which they happened. What cannot be undone any more is kept in memory while
 * the disk is full, and goes before whatever is written next.
 */
final class JobJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobJournal.class);

    /** Fewer lines are not worth writing anew. */
    private static final int SHORT = 1000;

    /** Nor are fewer letters: sixteen of the largest requests, or some thousands of usual ones. */
    private static final long FEW_LETTERS = 16 << 20;

    /** Where the lines are. */
    interface Disk {

        void append(String line) throws IOException;

        void replace(List<String> lines) throws IOException;

        void close() throws IOException;
    }

    private final Path file;
    private final EntryFormat format;
    private final Disk disk;
    private final Deque<String> unwritten = new ArrayDeque<>();
    private int lines;

    /** Of all lines when they were last written anew, and of those that came behind them. */
    private long shortened;

    private long added;
    private boolean failing;
    private boolean closed;

    /** @param file what faults name */
    JobJournal(Path file, EntryFormat format, Disk disk) {
        this.file = file;
        this.format = format;
        this.disk = disk;
    }

    /**
     * Opens the journal of a folder, reads what it holds into a book, and writes it anew, as short as it can be. What the
     * disk has spoilt of it costs the entries that it hit and no others.
     */
    static JobJournal open(Path file, EntryFormat format, JobTable book, Instant now) {
        try {
            salvage(file);
            Journal.read(file).forEach(line -> book.apply(format.read(line)));
            book.outlive(now);
            Journal journal = Journal.open(file);
            JobJournal opened = new JobJournal(file, format, onDisk(journal));
            opened.lines = journal.found().size();
            opened.shorten(book);
            return opened;
        } catch (IOException e) {
            String message = "The queue's journal %s cannot be opened: %s. See who may read and write it.";
            throw new AtelierException(INPUT_UNREADABLE, message.formatted(file, IoErrors.of(e)), e);
        } catch (AtelierException e) {
            String message =
                    "The queue's journal %s cannot be read, so no set is generated: %s Start the Atelier that wrote it,"
                            + " or move the file away to begin with an empty queue.";
            throw new AtelierException(INPUT_UNREADABLE, message.formatted(file, e.getMessage()), e);
        }
    }

    private static void salvage(Path file) throws IOException {
        Path asItWas = file.resolveSibling(file.getFileName() + ".spoilt");
        int lost = Journal.salvage(file, asItWas);
        if (lost > 0) {
            LOG.warn(
                    "The disk has spoilt {} of the queue's journal {}, as it was in {}: what they told of jobs is lost, and"
                            + " all else is kept. Look for jobs that are missing or generated again: atelier jobs list",
                    lost == 1 ? "a line" : lost + " lines",
                    file,
                    asItWas);
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
     * Writes an entry; when this returns, it is on the disk.
     *
     * @throws AtelierException {@code OUTPUT_UNWRITABLE}, and then it is as if it had not been asked
     */
    void write(Entry entry) {
        try {
            writeKept();
            append(format.write(entry));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Writes an entry of what has happened already: now, or as soon as the disk lets it. */
    void writeOrKeep(Entry entry) {
        unwritten.add(format.write(entry));
        catchUp();
    }

    /** Whether entries wait for the disk. */
    boolean isBehind() {
        return !unwritten.isEmpty();
    }

    /** Tries once more to write what waits for the disk. */
    void catchUp() {
        try {
            writeKept();
        } catch (IOException e) {
            LOG.debug("{} entries wait for the disk", unwritten.size(), e);
        }
    }

    /** Writes the whole journal anew where most of its lines no longer matter. */
    void shortenIfLong(JobTable book) {
        boolean isLong = lines > SHORT + 2 * book.size() || added > FEW_LETTERS + shortened;
        if (isLong && !closed) {
            shorten(book);
        }
    }

    private void shorten(JobTable book) {
        List<String> all = new ArrayList<>();
        book.asItStands().forEach(entry -> all.add(format.write(entry)));
        try {
            disk.replace(all);
            unwritten.clear();
            lines = all.size();
            shortened = all.stream().mapToLong(String::length).sum();
        } catch (IOException e) {
            // The long one says the same.
            LOG.warn("{}", unwritable(file, e).getMessage());
            lines = 0;
        }
        added = 0;
    }

    private void writeKept() throws IOException {
        while (!unwritten.isEmpty()) {
            append(unwritten.element());
            unwritten.remove();
        }
    }

    private void append(String line) throws IOException {
        if (closed) {
            throw new IOException("the queue has stopped");
        }
        try {
            disk.append(line);
        } catch (IOException e) {
            tell(true, unwritable(file, e).getMessage() + " It is tried again.");
            throw e;
        }
        lines++;
        added += line.length();
        tell(false, "The queue's journal %s can be written again.".formatted(file));
    }

    /** Once for each time that the disk fails, not for each attempt. */
    private void tell(boolean fails, String sentence) {
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
            LOG.warn("{} was not closed: {}", file, IoErrors.of(e));
        }
    }

    private static AtelierException unwritable(Path file, IOException reason) {
        return new AtelierException(
                OUTPUT_UNWRITABLE,
                "The queue's journal %s cannot be written: %s. Make room on that disk, or see who may write there."
                        .formatted(file, IoErrors.of(reason)),
                reason);
    }
}
