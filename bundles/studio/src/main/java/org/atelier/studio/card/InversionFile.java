package org.atelier.studio.card;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;
import org.atelier.studio.input.InputFile;

/**
 * The inversions of the references of a set, in the archive of a style card. Other than a card it sets no style: it holds only
 * what the set would compute itself, under the key of what this depends on.
 */
public final class InversionFile {

    private static final String KIND = "atelier inversions";
    private static final String TITLE = "a file of inversions";
    private static final int SCHEMA_VERSION = 1;
    private static final String KEY = "key";

    private InversionFile() {}

    /**
     * Checks that the file can be written, before its content is computed.
     *
     * @param file must not exist; its folder must
     * @throws AtelierException {@code OUTPUT_UNWRITABLE}
     */
    public static void requireWritable(Path file) {
        if (Files.exists(file)) {
            throw new AtelierException(OUTPUT_UNWRITABLE, file + " already exists; choose another file or remove it.");
        }
        try {
            AtomicFile.probe(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Writes inversions.
     *
     * @param key of what they depend on
     * @param version of Atelier
     */
    public static void write(Path file, String key, String version, ReferenceTrajectories inverted) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", KIND);
        json.addProperty("schema_version", SCHEMA_VERSION);
        json.addProperty("version", version);
        json.addProperty(KEY, key);
        CardEntries entries = new CardEntries();
        entries.add(inverted);
        CardArchive archive = entries.archive(json);
        try {
            if (archive.bytes() > CardArchive.MAX_BYTES) {
                throw new IOException("the inversions would exceed 512 MiB; use fewer inversion steps");
            }
            AtomicFile.write(file, archive::writeTo);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Reads inversions.
     *
     * @param key of the set
     * @param steps the number of timesteps of the inversion that are used
     * @param references the number of references
     * @throws AtelierException {@code INPUT_UNREADABLE} if it is no file of inversions, is damaged, or has another key
     */
    public static ReferenceTrajectories read(InputFile input, String key, int steps, int references) {
        Path file = input.source();
        CardArchive archive = CardArchive.read(input, TITLE);
        CardFields fields =
                CardFields.of(file, CardFields.text(file, archive.entries().get(CardArchive.TEXT)));
        if (!fields.has("kind") || !fields.text("kind").equals(KIND)) {
            throw CardArchive.unreadable(file, "not " + TITLE, null);
        }
        if (fields.number("schema_version") != SCHEMA_VERSION
                || !fields.text(KEY).equals(key)) {
            throw CardArchive.unreadable(
                    file,
                    "the inversions of other references, with another model, other settings or another build of Atelier; invert the references of this set",
                    null);
        }
        CardContent content = new CardContent(file, TITLE, archive, fields);
        content.requireUnchanged();
        return content.trajectories(steps, references);
    }

    private static AtelierException unwritable(Path file, IOException reason) {
        return new AtelierException(
                OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(file, IoErrors.of(reason)), reason);
    }
}
