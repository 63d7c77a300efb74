package org.atelier.studio.folder;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.diffusion.sampling.Checkpoint;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;
import org.atelier.files.Sha256;

/**
 * The files of a started set. Each file is complete before the journal records it, and recorded files are not generated
 * again. When the record is written, the journal and checkpoints are removed.
 */
public final class SetFiles implements AutoCloseable {

    private final Path folder;
    private final SetJournal journal;
    private final boolean isResumed;
    private boolean hasFailed;

    /** @param isResumed whether another process started the set, whose files this one must not remove */
    SetFiles(Path folder, SetJournal journal, boolean isResumed) {
        this.folder = folder;
        this.journal = journal;
        this.isResumed = isResumed;
    }

    public Path folder() {
        return folder;
    }

    public RunManifest manifest() {
        return journal.manifest();
    }

    /** Returns the checkpoint of inversion and denoising, written at least at this interval. */
    public Checkpoint checkpoint(Duration interval) {
        return new SetCheckpoint(this, journal, interval);
    }

    /** Returns the notes for the user, each sentence once, in order. */
    public List<String> notes() {
        return journal.notes();
    }

    public void noted(String sentence) {
        perform(folder.resolve(SetJournal.FILE), () -> journal.noted(sentence));
    }

    /** Returns a file of that name if it was written before and has not changed. */
    public Optional<WrittenFile> existing(String name) {
        Path file = folder.resolve(name);
        String sha256 = journal.hashes().get(name);
        return sha256 != null && isAsWritten(file, sha256)
                ? Optional.of(new WrittenFile(file, sha256))
                : Optional.empty();
    }

    /** Writes a file atomically: to a temporary file, forced to disk, then renamed. */
    public WrittenFile write(String name, byte[] content) {
        Path file = folder.resolve(name);
        WrittenFile written = new WrittenFile(file, Sha256.of(content));
        perform(file, () -> AtomicFile.write(file, out -> out.write(content)));
        wrote(name, written.sha256());
        return written;
    }

    /** Records a file outside the folder. */
    public void recordExternal(WrittenFile file) {
        wrote(file.path().toString(), file.sha256());
    }

    private void wrote(String name, String sha256) {
        perform(folder.resolve(SetJournal.FILE), () -> journal.wrote(name, sha256));
    }

    /** Writes the record, which completes the set, and removes the journal and checkpoints. */
    public WrittenFile complete(byte[] record) {
        Path file = folder.resolve(SetFolder.RECORD);
        perform(file, () -> {
            AtomicFile.write(file, out -> out.write(record));
            SetFolder.removeTraces(folder);
        });
        return new WrittenFile(file, Sha256.of(record));
    }

    /** Removes every recorded file that nobody has changed, and starts again with another manifest. */
    public void restart(RunManifest set) {
        perform(folder, () -> {
            SetFolder.removeCheckpoints(folder);
            for (Map.Entry<String, String> written : journal.hashes().entrySet()) {
                Path file = folder.resolve(written.getKey());
                if (isAsWritten(file, written.getValue())) {
                    Files.delete(file);
                }
            }
            journal.restart(set);
        });
    }

    private boolean isAsWritten(Path file, String sha256) {
        try {
            return Files.isRegularFile(file) && Sha256.of(file).equals(sha256);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Keeps an unfinished set for resumption; removes one that has no results yet, unless they could not be written. */
    @Override
    public void close() {
        perform(folder, () -> {
            journal.close();
            boolean hasResults = !journal.hashes().isEmpty()
                    || !SetFolder.checkpoints(folder).isEmpty();
            if (!isResumed && !hasResults && !hasFailed) {
                SetFolder.removeTraces(folder);
            }
        });
    }

    private interface IoAction {
        void make() throws IOException;
    }

    private void perform(Path place, IoAction change) {
        try {
            change.make();
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    /** Returns the fault for a file that could not be written, and keeps the set. */
    AtelierException unwritable(Path place, IOException reason) {
        hasFailed = true;
        return new AtelierException(
                OUTPUT_UNWRITABLE,
                "%s cannot be written: %s. Check the disk, then resume the set.".formatted(place, IoErrors.of(reason)),
                reason);
    }
}
