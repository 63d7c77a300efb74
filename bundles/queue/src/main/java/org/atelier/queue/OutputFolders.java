package org.atelier.queue;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.Studio;

/** Chooses the output folder of each set: the client's, or a folder in the data folder that is named by the job's id. */
final class OutputFolders {

    /** The characters of ids, without those that look alike. */
    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

    private static final int LENGTH = 8;

    private final Path sets;
    private final Studio studio;
    private final RandomGenerator random;

    /** @param sets the folder for sets whose client named none */
    OutputFolders(Path sets, Studio studio, RandomGenerator random) {
        this.sets = sets;
        this.studio = studio;
        this.random = random;
    }

    /**
     * Returns the output of a job: the requested folder, or one of its own.
     *
     * @throws AtelierException {@code OUTPUT_UNWRITABLE} if a path is not absolute
     */
    SetOutput of(String id, SetOutput asked) {
        return new SetOutput(
                asked.folder() == null ? folder(id) : absolute(asked.folder()),
                asked.styleCard() == null ? null : absolute(asked.styleCard()));
    }

    /**
     * Checks at submission what the studio will check before it generates, and that the job writes to no folder of the server.
     *
     * @param id of the job, which may use its own folder in the data folder
     * @throws AtelierException {@code OUTPUT_UNWRITABLE} if the set or the style card cannot be written there
     */
    void requireUsable(String id, SetOutput place) {
        if (!place.folder().equals(folder(id))) {
            requireOutsideData(place.folder());
        }
        if (place.styleCard() != null) {
            requireOutsideData(place.styleCard());
        }
        studio.checkOutput(place);
    }

    private void requireOutsideData(Path place) {
        Path data = sets.getParent();
        if (Location.of(place).isIn(Location.of(data))) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE,
                    "%s is in the data folder of the server, %s; choose another path.".formatted(place, data));
        }
    }

    /** Returns an id that no job has and whose folder does not exist. */
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

    /** @throws AtelierException {@code OUTPUT_UNWRITABLE} if the other job writes to the same folder or style card */
    static void requireApart(SetOutput asked, JobRecord other) {
        SetOutput taken = other.submission().output();
        if (isSame(asked.folder(), taken.folder())) {
            throw taken(asked.folder(), other);
        }
        if (isSame(asked.styleCard(), taken.styleCard())) {
            throw taken(asked.styleCard(), other);
        }
    }

    private static boolean isSame(Path one, Path another) {
        return one != null
                && another != null
                && (one.equals(another) || Location.of(one).equals(Location.of(another)));
    }

    private static AtelierException taken(Path place, JobRecord other) {
        return new AtelierException(
                OUTPUT_UNWRITABLE, "Job %s already writes to %s; choose another path.".formatted(other.id(), place));
    }

    private Path folder(String id) {
        return sets.resolve(id);
    }

    private static Path absolute(Path place) {
        if (!place.isAbsolute()) {
            throw new AtelierException(OUTPUT_UNWRITABLE, "The output path must be absolute: %s.".formatted(place));
        }
        return place.normalize();
    }
}
