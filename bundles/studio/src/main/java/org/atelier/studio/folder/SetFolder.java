package org.atelier.studio.folder;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedSet;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;

/**
 * The folder of one set: taken before any work, by nobody else until it is closed, and gone again if the set left
 * nothing in it.
 */
public final class SetFolder implements AutoCloseable {

    public static final String CONTACT_SHEET = "contact-sheet.png";
    static final String RECORD = "set.json";

    private static final Pattern EARLIER =
            Pattern.compile("\\d{3,}(-[a-z])?\\.png|contact-sheet\\.png|set\\.json|control-.+\\.png");

    private final Path folder;
    private final Deque<Path> created;
    private SetLock lock;

    private SetFolder(Path folder, Deque<Path> created) {
        this.folder = folder;
        this.created = created;
    }

    /**
     * Creates the folder where it is missing and sees that files can be written there.
     *
     * @param locks of this process
     * @throws AtelierException if it holds an earlier set, is at work or cannot be written
     */
    public static SetFolder take(Path folder, SetLocks locks) {
        Deque<Path> created = new ArrayDeque<>();
        SetFolder taken = new SetFolder(folder, created);
        try {
            // A link that leads nowhere is there, and is not for this set to remove.
            for (Path missing = folder.toAbsolutePath();
                    !Files.exists(missing, LinkOption.NOFOLLOW_LINKS);
                    missing = missing.getParent()) {
                created.add(missing);
            }
            Files.createDirectories(folder);
            taken.refuseEarlierSet();
            taken.lock(locks);
            taken.refuseEarlierSet();
            taken.removeUnfinished();
            removeTraces(folder);
            AtomicFile.probe(folder.resolve(RECORD));
            return taken;
        } catch (IOException e) {
            taken.close();
            throw unwritable(folder, e);
        } catch (RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    /**
     * Takes a folder that holds an interrupted set.
     *
     * @param locks of this process
     * @throws AtelierException if it is at work or cannot be written
     */
    public static SetFolder takeStarted(Path folder, SetLocks locks) {
        SetFolder taken = new SetFolder(folder, new ArrayDeque<>());
        try {
            taken.lock(locks);
            taken.removeUnfinished();
            return taken;
        } catch (IOException e) {
            taken.close();
            throw unwritable(folder, e);
        } catch (RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    /** Whether a set is complete there. */
    public static boolean isComplete(Path folder) {
        return Files.isRegularFile(folder.resolve(RECORD));
    }

    private void lock(SetLocks locks) throws IOException {
        lock = locks.take(folder)
                .orElseThrow(() -> new AtelierException(
                        OUTPUT_UNWRITABLE,
                        folder + ": a set is being generated there; wait for its end, or cancel it."));
    }

    /** Starts a set. */
    public SetFiles start(RunManifest set) {
        try {
            return new SetFiles(folder, SetJournal.start(folder, set), false);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** Resumes the interrupted set. */
    public SetFiles resume() {
        try {
            return new SetFiles(folder, SetJournal.open(folder), true);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** The set that is complete; what its last moment has left behind goes. */
    public GeneratedSet complete() {
        try {
            Path styleCard =
                    SetJournal.manifestIn(folder).map(RunManifest::styleCard).orElse(null);
            GeneratedSet set = new CompleteSet(folder).read(styleCard);
            removeTraces(folder);
            return set;
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** Removes what only an unfinished set needs. Checkpoints go first: without a journal they would be of no set. */
    static void removeTraces(Path folder) throws IOException {
        removeCheckpoints(folder);
        Files.deleteIfExists(folder.resolve(SetJournal.FILE));
    }

    static void removeCheckpoints(Path folder) throws IOException {
        for (Path checkpoint : checkpoints(folder)) {
            Files.delete(checkpoint);
        }
    }

    /** Those of a set's inversion and of its denoising. */
    static List<Path> checkpoints(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> SetCheckpoint.isNamed(file.getFileName().toString()))
                    .toList();
        }
    }

    /** The name of an image's file: three digits, or as many as a larger set needs to stay in order. */
    public static String imageName(int index, int count) {
        int digits = Math.max(3, Integer.toString(count - 1).length());
        return "0".repeat(Math.max(0, digits - Integer.toString(index).length())) + index + ".png";
    }

    /** The name of a reconstruction's file: image 0, with a letter where references are kept apart. */
    public static String reconstructionName(int index, int references, int count) {
        String zero = imageName(0, count);
        return references == 1 ? zero : zero.replace(".png", "-" + (char) ('a' + index) + ".png");
    }

    /** Lets others take it, and removes the folders that {@link #take} created, as far as they are empty. */
    @Override
    public void close() {
        unlock();
        for (Path path : created) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                return; // It holds files: the set's, or another's.
            }
        }
    }

    private void unlock() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw unwritable(folder, e);
            }
        }
    }

    private void refuseEarlierSet() throws IOException {
        if (!isComplete(folder) && SetJournal.isIn(folder)) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE,
                    "%s holds a set that is not finished; resume it (atelier generate --resume %s), or choose another folder."
                            .formatted(folder, folder));
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> EARLIER.matcher(file.getFileName().toString()).matches())) {
            for (Path file : files) {
                throw new AtelierException(
                        OUTPUT_UNWRITABLE,
                        "%s holds files of an earlier set (%s); choose another folder or empty it."
                                .formatted(folder, file.getFileName()));
            }
        }
    }

    /** What a killed process left behind. */
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> {
            String name = file.getFileName().toString();
            String whole = name.substring(0, Math.max(0, name.length() - AtomicFile.UNFINISHED.length()));
            return name.endsWith(AtomicFile.UNFINISHED)
                    && (EARLIER.matcher(whole).matches() || isTrace(whole));
        })) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private static boolean isTrace(String name) {
        return name.equals(SetJournal.FILE) || SetCheckpoint.isNamed(name);
    }

    private static AtelierException unwritable(Path place, IOException reason) {
        return new AtelierException(
                OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(place, IoErrors.of(reason)), reason);
    }
}
