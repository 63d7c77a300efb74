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
 * The files of a set that was started. Each is whole before the journal knows it, and what the journal knows is not made
 * again. When the last one is there, nothing but the set is left.
 */
public final class SetFiles implements AutoCloseable {

    private final Path folder;
    private final SetJournal journal;
    private final boolean wasStartedBefore;

    /** @param wasStartedBefore so that it is not for this process to remove what there is */
    SetFiles(Path folder, SetJournal journal, boolean wasStartedBefore) {
        this.folder = folder;
        this.journal = journal;
        this.wasStartedBefore = wasStartedBefore;
    }

    public Path folder() {
        return folder;
    }

    public RunManifest manifest() {
        return journal.manifest();
    }

    /** Where the set's inversion and denoising are kept, at the latest after that time. */
    public Checkpoint checkpoint(Duration interval) {
        return new SetCheckpoint(folder, journal, interval);
    }

    /** What the user was told, each sentence once, in order. */
    public List<String> notes() {
        return journal.notes();
    }

    public void noted(String sentence) {
        changing(folder.resolve(SetJournal.FILE), () -> journal.noted(sentence));
    }

    /** A file of that name that was written before and is as it was written. */
    public Optional<WrittenFile> kept(String name) {
        Path file = folder.resolve(name);
        String sha256 = journal.hashes().get(name);
        return sha256 != null && isAsWritten(file, sha256)
                ? Optional.of(new WrittenFile(file, sha256))
                : Optional.empty();
    }

    /** Writes a file whole: beside its place first, forced to the disk, then moved there in one step. */
    public WrittenFile write(String name, byte[] content) {
        Path file = folder.resolve(name);
        WrittenFile written = new WrittenFile(file, Sha256.of(content));
        changing(file, () -> AtomicFile.write(file, out -> out.write(content)));
        wrote(name, written.sha256());
        return written;
    }

    /** Remembers a file that lies outside the folder. */
    public void wroteElsewhere(WrittenFile file) {
        wrote(file.path().toString(), file.sha256());
    }

    private void wrote(String name, String sha256) {
        changing(folder.resolve(SetJournal.FILE), () -> journal.wrote(name, sha256));
    }

    /** Writes the set's record, by which it is complete, and removes what only an unfinished set needs. */
    public WrittenFile complete(byte[] record) {
        Path file = folder.resolve(SetFolder.RECORD);
        changing(file, () -> {
            AtomicFile.write(file, out -> out.write(record));
            SetFolder.removeTraces(folder);
        });
        return new WrittenFile(file, Sha256.of(record));
    }

    /** Removes every file that was written and as yet not changed by another, and begins with something else. */
    public void restart(RunManifest set) {
        changing(folder, () -> {
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

    private static boolean isAsWritten(Path file, String sha256) {
        try {
            return Files.isRegularFile(file) && Sha256.of(file).equals(sha256);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Leaves a set that was not finished to be resumed, or no trace of one of which nothing was made yet. */
    @Override
    public void close() {
        changing(folder, () -> {
            journal.close();
            boolean hasMade = !journal.hashes().isEmpty()
                    || !SetFolder.checkpoints(folder).isEmpty();
            if (!wasStartedBefore && !hasMade) {
                SetFolder.removeTraces(folder);
            }
        });
    }

    private interface Change {
        void make() throws IOException;
    }

    private static void changing(Path place, Change change) {
        try {
            change.make();
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    static AtelierException unwritable(Path place, IOException reason) {
        return new AtelierException(
                OUTPUT_UNWRITABLE,
                "%s cannot be written: %s. See to the disk, then resume the set.".formatted(place, IoErrors.of(reason)),
                reason);
    }
}
