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
 * What {@code set.json} says: from what the set was generated, with what, and which files it made.
 *
 * @param version of Atelier
 * @param request nothing left open; generating it again gives the same files on the same machine
 * @param fingerprint of the model
 * @param networks the fingerprints of its ControlNets, by the name or folder that the request has
 * @param notes what the user was told
 * @param images in order
 * @param controls what its ControlNets saw, in order
 * @param contactSheet all of them on one
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
        JsonArray told = new JsonArray();
        notes.forEach(told::add);
        json.add("notes", told);
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
