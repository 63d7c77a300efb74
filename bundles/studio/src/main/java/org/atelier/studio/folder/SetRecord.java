package org.atelier.studio.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.SetRequest;
import org.atelier.requests.Json;
import org.atelier.requests.RequestJson;

/**
 * The content of {@code set.json}: the request of a set, the models, and the files.
 *
 * @param version the version of Atelier
 * @param request the resolved request; generating it again gives the same files on the same machine
 * @param fingerprint the fingerprint of the model
 * @param networks the fingerprints of the ControlNets, by their name or folder in the request
 * @param notes the notes for the user
 * @param images the images, in order
 * @param controls the preprocessed control images, in order
 * @param contactSheet the contact sheet
 */
public record SetRecord(
        String version,
        SetRequest request,
        String fingerprint,
        Map<String, String> networks,
        List<String> notes,
        List<GeneratedImage> images,
        Map<WrittenFile, ControlFile> controls,
        WrittenFile contactSheet) {

    public String json() {
        JsonObject json = new JsonObject();
        json.addProperty("schema_version", Json.SCHEMA_VERSION);
        json.addProperty("version", version);
        json.add("request", RequestJson.of(request));
        json.addProperty("model_fingerprint", fingerprint);
        if (!networks.isEmpty()) {
            JsonObject fingerprints = new JsonObject();
            networks.forEach(fingerprints::addProperty);
            json.add("control_fingerprints", fingerprints);
        }
        JsonArray noteTexts = new JsonArray();
        notes.forEach(noteTexts::add);
        json.add("notes", noteTexts);
        JsonArray files = new JsonArray();
        images.forEach(image -> files.add(entry(image)));
        controls.forEach((file, control) -> files.add(entry(file, control)));
        files.add(entry(contactSheet.name(), contactSheet.sha256()));
        json.add("files", files);
        return Json.pretty(json);
    }

    private static JsonObject entry(GeneratedImage image) {
        JsonObject entry = entry(image.file().getFileName().toString(), image.sha256());
        entry.addProperty("index", image.index());
        entry.addProperty("prompt", image.prompt());
        if (image.isReconstruction()) {
            entry.addProperty("reconstruction", true);
        } else {
            entry.addProperty("seed", image.seed());
        }
        return entry;
    }

    private static JsonObject entry(WrittenFile file, ControlFile control) {
        JsonObject entry = entry(file.name(), file.sha256());
        entry.addProperty("control", control.kind());
        JsonArray followers = new JsonArray();
        control.images().forEach(followers::add);
        entry.add("applies_to", followers);
        return entry;
    }

    private static JsonObject entry(String name, String sha256) {
        JsonObject entry = new JsonObject();
        entry.addProperty("file", name);
        entry.addProperty("sha256", sha256);
        return entry;
    }
}
