package org.atelier.studio.folder;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.files.Journal;
import org.atelier.requests.Json;
import org.atelier.requests.tree.JsonTree;
import org.atelier.requests.tree.RequestNode;

/**
 * The journal of an unfinished set: its manifest, notes, the largest chunk that fits into memory, and the hashes of complete
 * files. It stays in the folder until the set is complete.
 */
public final class SetJournal implements AutoCloseable {

    public static final String FILE = "set.journal";

    private static final String NOTED = "noted";
    private static final String CHUNK = "chunk";
    private static final String CHECKPOINT = "checkpoint";

    private final Journal journal;
    private RunManifest manifest;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final Set<String> checkpoints = new HashSet<>();
    private OptionalInt most = OptionalInt.empty();

    private SetJournal(Journal journal, RunManifest manifest) {
        this.journal = journal;
        this.manifest = manifest;
    }

    /** Starts the journal of a set in a folder that has none. */
    static SetJournal start(Path folder, RunManifest set) throws IOException {
        Journal journal = Journal.open(folder.resolve(FILE));
        try {
            journal.append(Json.compact(set.json()));
            return new SetJournal(journal, set);
        } catch (IOException e) {
            journal.close();
            Files.deleteIfExists(folder.resolve(FILE));
            throw e;
        }
    }

    /** Whether a folder holds an interrupted set; false if the first entry of the journal is truncated. */
    public static boolean isIn(Path folder) throws IOException {
        return !Journal.read(folder.resolve(FILE)).isEmpty();
    }

    /** Returns the manifest of the interrupted set in a folder; empty if there is none. */
    static Optional<RunManifest> manifestIn(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        List<String> entries = Journal.read(file);
        return entries.isEmpty() ? Optional.empty() : Optional.of(manifest(entries.get(0), file));
    }

    /** Opens the journal of an interrupted set, to continue it. */
    static SetJournal open(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Journal journal = Journal.open(file);
        try {
            SetJournal opened =
                    new SetJournal(journal, manifest(journal.entries().get(0), file));
            journal.entries().stream().skip(1).forEach(entry -> opened.replay(entry, file));
            return opened;
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static RunManifest manifest(String entry, Path file) {
        RequestNode version = JsonTree.read(entry, file.toString()).members().get("schema_version");
        if (version == null || version.intValue() != Json.SCHEMA_VERSION) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    file
                            + ": written by another version of Atelier; resume it with that version, or generate the set into another folder.");
        }
        return RunManifest.read(entry, file.toString());
    }

    private void replay(String entry, Path file) {
        Map<String, RequestNode> members = JsonTree.read(entry, file.toString()).members();
        if (members.containsKey(NOTED)) {
            notes.add(members.get(NOTED).text());
        } else if (members.containsKey(CHUNK)) {
            most = OptionalInt.of(members.get(CHUNK).intValue());
        } else if (members.containsKey(CHECKPOINT)) {
            checkpoints.add(members.get(CHECKPOINT).text());
        } else {
            hashes.put(members.get("file").text(), members.get("sha256").text());
        }
    }

    RunManifest manifest() {
        return manifest;
    }

    /** Returns the notes for the user, each sentence once, in order. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns the SHA-256 of every complete file, by its name or, outside the folder, its path. */
    Map<String, String> hashes() {
        return Map.copyOf(hashes);
    }

    void noted(String sentence) throws IOException {
        if (!notes.contains(sentence)) {
            JsonObject entry = new JsonObject();
            entry.addProperty(NOTED, sentence);
            journal.append(Json.compact(entry));
            notes.add(sentence);
        }
    }

    /** Returns how many images may pass together; empty if memory suffices for the chunk of the request. */
    OptionalInt most() {
        return most;
    }

    void halved(int images) throws IOException {
        JsonObject entry = new JsonObject();
        entry.addProperty(CHUNK, images);
        journal.append(Json.compact(entry));
        most = OptionalInt.of(images);
    }

    /** Whether this set has written a checkpoint with this SHA-256. */
    boolean hasCheckpoint(String sha256) {
        return checkpoints.contains(sha256);
    }

    /** Records that a checkpoint is about to be written; the previous one stays valid until then. */
    void writesCheckpoint(String sha256) throws IOException {
        JsonObject entry = new JsonObject();
        entry.addProperty(CHECKPOINT, sha256);
        journal.append(Json.compact(entry));
        checkpoints.add(sha256);
    }

    void wrote(String name, String sha256) throws IOException {
        JsonObject entry = new JsonObject();
        entry.addProperty("file", name);
        entry.addProperty("sha256", sha256);
        journal.append(Json.compact(entry));
        hashes.put(name, sha256);
    }

    /** Discards all entries and starts again with another manifest. */
    void restart(RunManifest set) throws IOException {
        journal.replace(List.of(Json.compact(set.json())));
        manifest = set;
        notes.clear();
        most = OptionalInt.empty();
        checkpoints.clear();
        hashes.clear();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
