package org.atelier.studio.folder;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.atelier.api.set.SetRequest;
import org.atelier.requests.Json;
import org.atelier.requests.JsonTree;
import org.atelier.requests.RequestJson;
import org.atelier.requests.RequestNode;
import org.atelier.requests.RequestReader;

/**
 * What a set is started with. Whoever resumes it continues with the same, or restarts it.
 *
 * @param version of Atelier, and what tells its build from others
 * @param request nothing left open, every word said
 * @param styleCard where its hand is to be kept, absolute; {@code null} for nowhere
 * @param models the fingerprints of the model and of ControlNets, by what a user calls them: {@code model sketchbook}
 * @param plugins bundle, version and code of every plugin, by what a user calls it: {@code attention 'shared'}
 */
public record RunManifest(
        String version, SetRequest request, Path styleCard, Map<String, String> models, Map<String, String> plugins) {

    /** Makes defensive copies. */
    public RunManifest {
        models = new TreeMap<>(models);
        plugins = new TreeMap<>(plugins);
    }

    /** What is another now, in one sentence. */
    public Optional<String> differenceTo(RunManifest now) {
        if (!version.equals(now.version)) {
            return Optional.of("This set was begun by Atelier %s and is generated anew, wholly, by this one, %s."
                    .formatted(version, now.version));
        }
        if (!plugins.equals(now.plugins)) {
            return Optional.of("%s, so the set is generated anew, wholly, with what is here now."
                    .formatted(another(plugins, now.plugins)));
        }
        if (!models.equals(now.models)) {
            return Optional.of("%s, so the set is generated anew, wholly, with what is here now."
                    .formatted(another(models, now.models)));
        }
        return Optional.empty();
    }

    private static String another(Map<String, String> before, Map<String, String> now) {
        for (Map.Entry<String, String> each : before.entrySet()) {
            String found = now.get(each.getKey());
            if (!each.getValue().equals(found)) {
                return "The %s was %s when this set was begun and is %s now"
                        .formatted(each.getKey(), each.getValue(), found == null ? "not used" : found);
            }
        }
        return "This set was begun with other plugins or models than are here now";
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("schema_version", Json.SCHEMA_VERSION);
        json.addProperty("version", version);
        json.add("request", RequestJson.of(request));
        if (styleCard != null) {
            json.addProperty("style_card", styleCard.toString());
        }
        json.add("models", json(models));
        json.add("plugins", json(plugins));
        return json;
    }

    private static JsonObject json(Map<String, String> texts) {
        JsonObject json = new JsonObject();
        texts.forEach(json::addProperty);
        return json;
    }

    /** @param source for the errors */
    static RunManifest read(String json, String source) {
        Map<String, RequestNode> members = JsonTree.read(json, source).members();
        return new RunManifest(
                members.get("version").text(),
                RequestReader.asItStands().read(members.get("request")),
                members.containsKey("style_card")
                        ? Path.of(members.get("style_card").text())
                        : null,
                texts(members.get("models")),
                texts(members.get("plugins")));
    }

    private static Map<String, String> texts(RequestNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.members().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }
}
