package org.atelier.studio.folder;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.SetRequest;
import org.atelier.requests.Json;
import org.atelier.requests.RequestJson;
import org.atelier.requests.RequestReader;
import org.atelier.requests.tree.JsonTree;
import org.atelier.requests.tree.RequestNode;

/**
 * The inputs of a set: request, models and plugins. A resumed set continues only with the same inputs; otherwise it restarts.
 *
 * @param version the version of Atelier and the fingerprint of its build
 * @param request the request, completely resolved
 * @param styleCard the absolute path of the style card to write; {@code null} for none
 * @param only the images of a slice; {@code null} for a whole set
 * @param threads number of threads that a slice is generated with, because the bytes of its images depend on it; {@code null} for
 *     a whole set, and on a GPU
 * @param models the fingerprints of the model and the ControlNets, by display name such as {@code model sketchbook}
 * @param plugins bundle, version and code of every plugin, by display name such as {@code attention 'shared'}
 */
public record RunManifest(
        String version,
        SetRequest request,
        Path styleCard,
        ImageSelection only,
        Integer threads,
        Map<String, String> models,
        Map<String, String> plugins) {

    /** Makes defensive copies. */
    public RunManifest {
        models = new TreeMap<>(models);
        plugins = new TreeMap<>(plugins);
    }

    /** The manifest of a whole set. */
    public RunManifest(
            String version,
            SetRequest request,
            Path styleCard,
            Map<String, String> models,
            Map<String, String> plugins) {
        this(version, request, styleCard, null, null, models, plugins);
    }

    /** Returns one sentence about the first difference; empty if there is none. */
    public Optional<String> differenceTo(RunManifest now) {
        if (!version.equals(now.version)) {
            return Optional.of(
                    "This set was started by Atelier %s, so it is generated again from the start by this version, %s."
                            .formatted(version, now.version));
        }
        if (!plugins.equals(now.plugins)) {
            return Optional.of(
                    "%s, so the set is generated again from the start.".formatted(difference(plugins, now.plugins)));
        }
        if (!Objects.equals(threads, now.threads)) {
            return Optional.of(
                    "The number of threads was %s when this slice was started and is %s now, so the slice is generated again from the start."
                            .formatted(threads, now.threads));
        }
        if (!models.equals(now.models)) {
            return Optional.of(
                    "%s, so the set is generated again from the start.".formatted(difference(models, now.models)));
        }
        return Optional.empty();
    }

    private static String difference(Map<String, String> before, Map<String, String> now) {
        for (Map.Entry<String, String> each : before.entrySet()) {
            String found = now.get(each.getKey());
            if (!each.getValue().equals(found)) {
                return "The %s was %s when this set was started and is %s now"
                        .formatted(each.getKey(), each.getValue(), found == null ? "not used" : found);
            }
        }
        return "This set was started with other plugins or models";
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("schema_version", Json.SCHEMA_VERSION);
        json.addProperty("version", version);
        json.add("request", RequestJson.of(request));
        if (styleCard != null) {
            json.addProperty("style_card", styleCard.toString());
        }
        if (only != null) {
            json.addProperty("only", only.toString());
        }
        if (threads != null) {
            json.addProperty("threads", threads);
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

    /** @param source named in error messages */
    static RunManifest read(String json, String source) {
        Map<String, RequestNode> members = JsonTree.read(json, source).members();
        return new RunManifest(
                members.get("version").text(),
                RequestReader.verbatim().read(members.get("request")),
                members.containsKey("style_card")
                        ? Path.of(members.get("style_card").text())
                        : null,
                members.containsKey("only")
                        ? ImageSelection.parse(members.get("only").text())
                        : null,
                members.containsKey("threads") ? members.get("threads").intValue() : null,
                texts(members.get("models")),
                texts(members.get("plugins")));
    }

    private static Map<String, String> texts(RequestNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.members().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }
}
