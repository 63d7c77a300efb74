package org.atelier.studio.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.set.ControlImage;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.SetRequest;
import org.atelier.requests.Json;
import org.atelier.requests.RequestJson;
import org.atelier.requests.RequestReader;
import org.atelier.requests.tree.JsonTree;
import org.atelier.requests.tree.RequestNode;

/**
 * The content of {@code set.json}: the request of a set, the models, and the files.
 *
 * @param version the version of Atelier
 * @param request the resolved request; generating it again gives the same files on the same machine
 * @param fingerprint the fingerprint of the model
 * @param networks the fingerprints of the ControlNets, by their name or folder in the request
 * @param slice which images of the set are present; {@code null} if all are
 * @param notes the notes for the user
 * @param images the images, in order
 * @param controls the preprocessed control images, in order
 * @param contactSheet the contact sheet; {@code null} for a slice
 */
public record SetRecord(
        String version,
        SetRequest request,
        String fingerprint,
        Map<String, String> networks,
        SliceRecord slice,
        List<String> notes,
        List<GeneratedImage> images,
        List<ControlImage> controls,
        WrittenFile contactSheet) {

    private static final String SCHEMA_VERSION = "schema_version";
    private static final String VERSION = "version";
    private static final String REQUEST = "request";
    private static final String FINGERPRINT = "model_fingerprint";
    private static final String NETWORKS = "control_fingerprints";
    private static final String NOTES = "notes";
    private static final String FILES = "files";
    private static final String FILE = "file";
    private static final String SHA256 = "sha256";
    private static final String INDEX = "index";
    private static final String PROMPT = "prompt";
    private static final String SEED = "seed";
    private static final String CONTROL = "control";
    private static final String APPLIES_TO = "applies_to";

    public String json() {
        JsonObject json = new JsonObject();
        json.addProperty(SCHEMA_VERSION, Json.SCHEMA_VERSION);
        json.addProperty(VERSION, version);
        json.add(REQUEST, RequestJson.of(request));
        json.addProperty(FINGERPRINT, fingerprint);
        if (!networks.isEmpty()) {
            JsonObject fingerprints = new JsonObject();
            networks.forEach(fingerprints::addProperty);
            json.add(NETWORKS, fingerprints);
        }
        if (slice != null) {
            json.add(SliceRecord.KEY, slice.json());
        }
        JsonArray noteTexts = new JsonArray();
        notes.forEach(noteTexts::add);
        json.add(NOTES, noteTexts);
        JsonArray files = new JsonArray();
        images.forEach(image -> files.add(entry(image)));
        controls.forEach(control -> files.add(entry(control)));
        if (contactSheet != null) {
            files.add(entry(contactSheet.path(), contactSheet.sha256()));
        }
        json.add(FILES, files);
        return Json.pretty(json);
    }

    private static JsonObject entry(GeneratedImage image) {
        JsonObject entry = entry(image.file(), image.sha256());
        entry.addProperty(INDEX, image.index());
        entry.addProperty(PROMPT, image.prompt());
        if (image.isReconstruction()) {
            entry.addProperty("reconstruction", true);
        } else {
            entry.addProperty(SEED, image.seed());
        }
        return entry;
    }

    private static JsonObject entry(ControlImage control) {
        JsonObject entry = entry(control.file(), control.sha256());
        entry.addProperty(CONTROL, control.kind());
        JsonArray followers = new JsonArray();
        control.appliesTo().forEach(followers::add);
        entry.add(APPLIES_TO, followers);
        return entry;
    }

    private static JsonObject entry(Path file, String sha256) {
        JsonObject entry = new JsonObject();
        entry.addProperty(FILE, file.getFileName().toString());
        entry.addProperty(SHA256, sha256);
        return entry;
    }

    /**
     * Reads the record of a folder; does not look at the files that it names.
     *
     * @throws AtelierException {@code INPUT_UNREADABLE} if Atelier did not write it
     * @throws IOException if there is none
     */
    static SetRecord read(Path folder) throws IOException {
        Path record = folder.resolve(SetFolder.RECORD);
        RequestNode root = JsonTree.read(Files.readString(record), record.toString());
        List<GeneratedImage> images = new ArrayList<>();
        List<ControlImage> controls = new ArrayList<>();
        WrittenFile contactSheet = null;
        for (RequestNode file : root.member(FILES).elements("a list of files")) {
            Map<String, RequestNode> members = file.members();
            Path path = folder.resolve(file.member(FILE).text());
            String sha256 = file.member(SHA256).text();
            if (members.containsKey(INDEX)) {
                images.add(new GeneratedImage(
                        members.get(INDEX).intValue(),
                        file.member(PROMPT).text(),
                        members.containsKey(SEED)
                                ? Long.valueOf(members.get(SEED).longValue())
                                : null,
                        path,
                        sha256));
            } else if (members.containsKey(CONTROL)) {
                controls.add(new ControlImage(
                        members.get(CONTROL).text(),
                        file.member(APPLIES_TO).elements("a list of images").stream()
                                .map(RequestNode::intValue)
                                .toList(),
                        path,
                        sha256));
            } else {
                contactSheet = new WrittenFile(path, sha256);
            }
        }
        return new SetRecord(
                root.member(VERSION).text(),
                RequestReader.verbatim().read(root),
                root.member(FINGERPRINT).text(),
                root.members().containsKey(NETWORKS) ? texts(root.member(NETWORKS)) : Map.of(),
                root.members().containsKey(SliceRecord.KEY) ? SliceRecord.read(root.member(SliceRecord.KEY)) : null,
                root.member(NOTES).elements("a list of notes").stream()
                        .map(RequestNode::text)
                        .toList(),
                images,
                controls,
                contactSheet);
    }

    private static Map<String, String> texts(RequestNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.members().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }
}
