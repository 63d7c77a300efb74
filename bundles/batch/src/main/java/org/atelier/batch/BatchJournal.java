package org.atelier.batch;

import java.io.IOException;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.files.Journal;

/** The journal of a batch. It stays in the folder, so that the same call skips what is complete. */
final class BatchJournal implements AutoCloseable {

    static final String FILE = "batch.journal";

    private final Journal journal;
    private final BatchEntries entries;

    private BatchJournal(Journal journal, BatchEntries entries) {
        this.journal = journal;
        this.entries = entries;
    }

    /** Opens the journal of a folder, or creates it. */
    static BatchJournal open(Path folder) throws IOException {
        Journal journal = Journal.open(folder.resolve(FILE));
        try {
            return new BatchJournal(journal, BatchEntries.read(journal.entries(), folder));
        } catch (AtelierException e) {
            journal.close();
            throw e;
        }
    }

    /** What the journal says so far. */
    BatchEntries entries() {
        return entries;
    }

    void start(String name, BatchEntries.Started set) throws IOException {
        journal.append(entries.start(name, set));
    }

    /** @param images the number of images */
    void complete(String name, int images) throws IOException {
        journal.append(entries.complete(name, images));
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
