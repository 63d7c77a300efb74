package org.atelier.queue;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.Studio;

/** Chooses the output folder of each job: the requested one, or a folder in the data folder whose name is the job's id. */
final class OutputFolders {

    /** The characters of ids, without those that look alike. */
    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

    private static final int LENGTH = 8;

    /** The folder of named style cards in the data folder, and the names of its files. */
    private static final String STYLES = "styles";

    private static final Pattern NAMED_STYLE = Pattern.compile("[a-z0-9_-]{1,64}\\.style");

    private final Path sets;
    private final Studio studio;
    private final RandomGenerator random;

    /** @param sets holds the folders of jobs that were submitted without an output folder */
    OutputFolders(Path sets, Studio studio, RandomGenerator random) {
        this.sets = sets;
        this.studio = studio;
        this.random = random;
    }

    /**
     * Returns the output of a job, with absolute paths.
     *
     * @throws AtelierException {@code OUTPUT_UNWRITABLE} if a path is not absolute
     */
    SetOutput of(String id, SetOutput requested) {
        return new SetOutput(
                requested.folder() == null ? folder(id) : absolute(requested.folder()),
                requested.styleCard() == null ? null : absolute(requested.styleCard()));
    }

    /**
     * Checks at submission what the studio will check before it generates, and that the job does not write into the data
     * folder of the server, except for a style card that the server keeps by name.
     *
     * @param id the id of the job, which may use its own folder in the data folder
     * @throws AtelierException {@code OUTPUT_UNWRITABLE} if the set or the style card cannot be written there
     */
    void requireUsable(String id, SetOutput output) {
        if (!output.folder().equals(folder(id))) {
            requireOutsideData(output.folder());
        }
        if (output.styleCard() != null && !isNamedStyle(output.styleCard())) {
            requireOutsideData(output.styleCard());
        }
        studio.checkOutput(output);
    }

    /** The cards that the server keeps by name. */
    private boolean isNamedStyle(Path card) {
        return sets.resolveSibling(STYLES).equals(card.getParent())
                && NAMED_STYLE.matcher(card.getFileName().toString()).matches();
    }

    private void requireOutsideData(Path path) {
        Path data = sets.getParent();
        if (CanonicalPath.of(path).isIn(CanonicalPath.of(data))) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE,
                    "%s is in the data folder of the server, %s; choose another path.".formatted(path, data));
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
    static void requireDistinct(SetOutput requested, JobRecord other) {
        SetOutput taken = other.submission().output();
        if (isSame(requested.folder(), taken.folder())) {
            throw taken(requested.folder(), other);
        }
        if (isSame(requested.styleCard(), taken.styleCard())) {
            throw taken(requested.styleCard(), other);
        }
    }

    private static boolean isSame(Path one, Path another) {
        return one != null
                && another != null
                && (one.equals(another) || CanonicalPath.of(one).equals(CanonicalPath.of(another)));
    }

    private static AtelierException taken(Path path, JobRecord other) {
        return new AtelierException(
                OUTPUT_UNWRITABLE, "Job %s already writes to %s; choose another path.".formatted(other.id(), path));
    }

    private Path folder(String id) {
        return sets.resolve(id);
    }

    private static Path absolute(Path path) {
        if (!path.isAbsolute()) {
            throw new AtelierException(OUTPUT_UNWRITABLE, "The output path must be absolute: %s.".formatted(path));
        }
        return path.normalize();
    }
}
