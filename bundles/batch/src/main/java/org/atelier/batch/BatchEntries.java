package org.atelier.batch;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.atelier.api.AtelierException;
import org.atelier.files.Journal;

/**
 * The entries of the journal of a batch: one when a set starts, with its seed, and one when it is complete. A later entry of
 * a set replaces an earlier one.
 */
final class BatchEntries {

    private static final String SET = "set";
    private static final String GIVEN = "given";
    private static final String SEED = "seed";
    private static final String COMPLETE = "complete";

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Map<String, Started> started = new HashMap<>();
    private final Map<String, Integer> complete = new HashMap<>();

    /**
     * A set that has started.
     *
     * @param given SHA-256 of the request as it was given
     * @param seed of the resolved request
     */
    record Started(String given, long seed) {}

    /** Reads the journal of a folder without changing it; there may be none. */
    static BatchEntries in(Path folder) throws IOException {
        return read(Journal.read(folder.resolve(BatchJournal.FILE)), folder);
    }

    /** @throws AtelierException {@code INPUT_UNREADABLE} if an entry is not one of a batch */
    static BatchEntries read(List<String> journal, Path folder) {
        BatchEntries entries = new BatchEntries();
        try {
            journal.forEach(entries::replay);
            return entries;
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    folder.resolve(BatchJournal.FILE)
                            + ": written by another version of Atelier; continue with that version, or choose another folder.",
                    e);
        }
    }

    private void replay(String entry) {
        JsonObject json = JsonParser.parseString(entry).getAsJsonObject();
        String name = json.get(SET).getAsString();
        if (json.has(COMPLETE)) {
            complete.put(name, json.get(COMPLETE).getAsInt());
        } else {
            complete.remove(name);
            started.put(
                    name,
                    new Started(json.get(GIVEN).getAsString(), json.get(SEED).getAsLong()));
        }
    }

    Optional<Started> started(String name) {
        return Optional.ofNullable(started.get(name));
    }

    /** The number of images of a set that is complete; empty if it is not. */
    OptionalInt complete(String name) {
        return complete.containsKey(name) ? OptionalInt.of(complete.get(name)) : OptionalInt.empty();
    }

    /** Adds an entry. @return its text */
    String start(String name, Started set) {
        JsonObject entry = new JsonObject();
        entry.addProperty(SET, name);
        entry.addProperty(GIVEN, set.given);
        entry.addProperty(SEED, set.seed);
        started.put(name, set);
        complete.remove(name);
        return GSON.toJson(entry);
    }

    /** Adds an entry. @return its text */
    String complete(String name, int images) {
        JsonObject entry = new JsonObject();
        entry.addProperty(SET, name);
        entry.addProperty(COMPLETE, images);
        complete.put(name, images);
        return GSON.toJson(entry);
    }
}
