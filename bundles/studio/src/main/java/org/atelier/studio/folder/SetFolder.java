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
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedSet;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;

/**
 * The folder of one set. It is locked before any work until it is closed, and removed again if the set left no file in it.
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
     * Creates and locks the folder, and checks that files can be written there.
     *
     * @param locks the locks of this process
     * @throws AtelierException if the folder holds an earlier set, is locked or cannot be written
     */
    public static SetFolder take(Path folder, SetLocks locks) {
        OutputCheck.requireUsable(folder.toAbsolutePath().normalize());
        Deque<Path> created = new ArrayDeque<>();
        SetFolder taken = new SetFolder(folder, created);
        try {
            // A dangling link exists, and this set must not remove it.
            for (Path missing = folder.toAbsolutePath();
                    !Files.exists(missing, LinkOption.NOFOLLOW_LINKS);
                    missing = missing.getParent()) {
                created.add(missing);
            }
            Files.createDirectories(folder);
            taken.lock(locks);
            refuseEarlierSet(folder);
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
     * Locks a folder that holds an interrupted set.
     *
     * @param locks the locks of this process
     * @throws AtelierException if the folder is locked or cannot be written
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

    /** Whether the folder holds a complete set. */
    public static boolean isComplete(Path folder) {
        return Files.isRegularFile(folder.resolve(RECORD));
    }

    /** Returns the manifest of the interrupted set in a folder; empty if there is none. */
    public static Optional<RunManifest> interrupted(Path folder) {
        try {
            return isComplete(folder) ? Optional.empty() : SetJournal.manifestIn(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private void lock(SetLocks locks) throws IOException {
        lock = locks.take(folder)
                .orElseThrow(() -> new AtelierException(
                        OUTPUT_UNWRITABLE,
                        folder + ": a set is being generated there; wait until it ends, or cancel it."));
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

    /** Returns the complete set, and removes a journal and checkpoints that were left behind. */
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

    /** Removes checkpoints, then the journal: checkpoints without a journal would belong to no set. */
    static void removeTraces(Path folder) throws IOException {
        removeCheckpoints(folder);
        Files.deleteIfExists(folder.resolve(SetJournal.FILE));
    }

    static void removeCheckpoints(Path folder) throws IOException {
        for (Path checkpoint : checkpoints(folder)) {
            Files.delete(checkpoint);
        }
    }

    /** Returns the checkpoints of inversions and of denoising. */
    static List<Path> checkpoints(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> SetCheckpoint.isNamed(file.getFileName().toString()))
                    .toList();
        }
    }

    /** Returns the file name of an image: three digits, or more if a larger set needs them for its order. */
    public static String imageName(int index, int count) {
        int digits = Math.max(3, Integer.toString(count - 1).length());
        return "0".repeat(Math.max(0, digits - Integer.toString(index).length())) + index + ".png";
    }

    /** Returns the file name of a reconstruction: that of image 0, with a letter if references are kept apart. */
    public static String reconstructionName(int index, int references, int count) {
        String zero = imageName(0, count);
        return references == 1 ? zero : zero.replace(".png", "-" + (char) ('a' + index) + ".png");
    }

    /** Unlocks the folder, and removes the folders that {@link #take} created if they are empty. */
    @Override
    public void close() {
        unlock();
        for (Path path : created) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                return; // The folder is not empty.
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

    /** Whether a set may write a file of that name. */
    static boolean isFileOfASet(String name) {
        return EARLIER.matcher(name).matches() || isTrace(name) || name.equals(SetLock.FILE);
    }

    static void refuseEarlierSet(Path folder) throws IOException {
        if (!isComplete(folder) && SetJournal.isIn(folder)) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE,
                    "%s holds an unfinished set; resume it (atelier generate --resume %s), or choose another folder."
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

    /** Removes temporary files of a killed process. */
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
