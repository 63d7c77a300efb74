package org.atelier.queue;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.Studio;

/** Where sets go: where the client says, or into a folder of the queue's own, named by the job. */
final class OutputFolders {

    /** Without those that are taken for one another. */
    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

    private static final int LENGTH = 8;

    private final Path sets;
    private final Studio studio;
    private final RandomGenerator random;

    /** @param sets holds the folders of sets for which the client named none */
    OutputFolders(Path sets, Studio studio, RandomGenerator random) {
        this.sets = sets;
        this.studio = studio;
        this.random = random;
    }

    /**
     * The output of a job: what was asked, or a folder of its own.
     *
     * @throws AtelierException {@code OUTPUT_UNWRITABLE} if that says not where
     */
    SetOutput of(String id, SetOutput asked) {
        return new SetOutput(
                asked.folder() == null ? folder(id) : absolute(asked.folder()),
                asked.styleCard() == null ? null : absolute(asked.styleCard()));
    }

    /**
     * Tells now what the studio would find when the turn comes.
     *
     * @throws AtelierException {@code OUTPUT_UNWRITABLE} if a set or a style card lies there already, or nothing can be
     *     written there
     */
    void requireUsable(SetOutput place) {
        if (studio.hasSet(place.folder())) {
            throw unusable("%s holds a set already; choose another folder or empty it.", place.folder());
        }
        Path nearest = place.folder();
        while (!Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        requireWritable(nearest, place.folder());
        if (place.styleCard() != null) {
            if (Files.exists(place.styleCard())) {
                throw unusable("%s exists; choose another name for the style card, or remove it.", place.styleCard());
            }
            requireWritable(place.styleCard().getParent(), place.styleCard());
        }
    }

    private static void requireWritable(Path folder, Path place) {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw unusable("%s cannot be written: see who may write to %s, or choose another place.", place, folder);
        }
    }

    private static AtelierException unusable(String message, Path... places) {
        return new AtelierException(OUTPUT_UNWRITABLE, message.formatted((Object[]) places));
    }

    /** An id that no job has, and whose folder is not there. */
    String newId(Predicate<String> isKnown) {
        String id;
        do {
            id = random.ints(LENGTH, 0, LETTERS.length())
                    .mapToObj(LETTERS::charAt)
                    .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                    .toString();
        } while (isKnown.test(id) || Files.exists(folder(id)));
        return id;
    }

    /** @throws AtelierException {@code OUTPUT_UNWRITABLE} if another job writes to a place that is asked for */
    static void requireApart(SetOutput asked, JobRecord other) {
        SetOutput taken = other.order().output();
        if (asked.folder().equals(taken.folder())) {
            throw taken(asked.folder(), other);
        }
        if (asked.styleCard() != null && asked.styleCard().equals(taken.styleCard())) {
            throw taken(asked.styleCard(), other);
        }
    }

    private static AtelierException taken(Path place, JobRecord other) {
        return new AtelierException(
                OUTPUT_UNWRITABLE, "Job %s writes to %s already; choose another place.".formatted(other.id(), place));
    }

    private Path folder(String id) {
        return sets.resolve(id);
    }

    private static Path absolute(Path place) {
        if (!place.isAbsolute()) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, "%s says not in which folder; give the absolute path.".formatted(place));
        }
        return place.normalize();
    }
}
