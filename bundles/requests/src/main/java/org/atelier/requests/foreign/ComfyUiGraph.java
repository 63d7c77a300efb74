package org.atelier.requests.foreign;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.atelier.api.metadata.GenerationParameters;

/**
 * ComfyUI's graph of nodes, as it was run: in {@code prompt} of a PNG, behind {@code prompt:} in a text of EXIF. What the
 * first sampler of the graph receives counts.
 */
final class ComfyUiGraph {

    private static final String PROMPT = "prompt:";
    private static final Set<String> SAMPLERS = Set.of("KSampler", "KSamplerAdvanced");
    private static final int MOST_LINKS = 32;

    private final JsonObject nodes;

    private ComfyUiGraph(JsonObject nodes) {
        this.nodes = nodes;
    }

    static Optional<GenerationParameters> in(Map<String, String> texts) {
        return Stream.concat(Stream.ofNullable(texts.get("prompt")), exif(texts.values()))
                .flatMap(text -> ForeignJson.object(text).stream())
                .flatMap(nodes -> new ComfyUiGraph(nodes).parameters().stream())
                .findFirst();
    }

    private static Stream<String> exif(Collection<String> texts) {
        return texts.stream()
                .filter(text -> text.regionMatches(true, 0, PROMPT, 0, PROMPT.length()))
                .map(text -> text.substring(PROMPT.length()));
    }

    private Optional<GenerationParameters> parameters() {
        return nodes.asMap().values().stream()
                .filter(node -> SAMPLERS.contains(type(node)))
                .findFirst()
                .flatMap(node -> ForeignJson.object(node.getAsJsonObject(), "inputs"))
                .map(this::parameters);
    }

    private GenerationParameters parameters(JsonObject sampler) {
        Map<String, String> settings = new LinkedHashMap<>();
        ForeignJson.copy(sampler, "steps", settings, ForeignParameters.STEPS);
        ForeignJson.copy(sampler, "sampler_name", settings, ForeignParameters.SAMPLER);
        ForeignJson.copy(sampler, "scheduler", settings, ForeignParameters.SCHEDULE);
        ForeignJson.copy(sampler, "cfg", settings, ForeignParameters.CFG_SCALE);
        ForeignJson.copy(sampler, sampler.has("seed") ? "seed" : "noise_seed", settings, ForeignParameters.SEED);
        follow(sampler, List.of("latent_image")).ifPresent(latent -> ForeignJson.copySize(latent, settings));
        models().findFirst().ifPresent(name -> settings.put(ForeignParameters.MODEL, name));
        return new GenerationParameters(
                "ComfyUI",
                text(follow(sampler, List.of("positive")), 0),
                text(follow(sampler, List.of("negative")), 0),
                settings);
    }

    private Stream<String> models() {
        return nodes.asMap().values().stream()
                .filter(JsonObject.class::isInstance)
                .flatMap(node -> ForeignJson.object(node.getAsJsonObject(), "inputs").stream())
                .flatMap(inputs -> ForeignJson.text(inputs, "ckpt_name").stream());
    }

    /** The text of an encoder, or of what it gets its text or its conditioning from. */
    private String text(Optional<JsonObject> inputs, int links) {
        if (inputs.isEmpty() || links == MOST_LINKS) {
            return "";
        }
        return Stream.of("text", "text_g", "string", "value")
                .flatMap(key -> ForeignJson.text(inputs.get(), key).stream())
                .findFirst()
                .orElseGet(() -> text(
                        follow(inputs.get(), List.of("text", "text_g", "string", "value", "conditioning", "positive")),
                        links + 1));
    }

    /** The inputs of the node that the first of these keys is linked to. */
    private Optional<JsonObject> follow(JsonObject inputs, List<String> keys) {
        return keys.stream()
                .flatMap(key -> ForeignJson.array(inputs, key).stream())
                .filter(link -> !link.isEmpty() && link.get(0) instanceof JsonPrimitive)
                .findFirst()
                .map(ComfyUiGraph::node)
                .flatMap(name -> ForeignJson.object(nodes, name))
                .flatMap(node -> ForeignJson.object(node, "inputs"));
    }

    private static String node(JsonArray link) {
        return link.get(0).getAsString();
    }

    private static String type(JsonElement node) {
        return node instanceof JsonObject object
                ? ForeignJson.text(object, "class_type").orElse("")
                : "";
    }
}
