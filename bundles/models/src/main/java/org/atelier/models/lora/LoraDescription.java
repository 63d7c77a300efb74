package org.atelier.models.lora;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.atelier.text.ControlCharacters;

/**
 * What a LoRA file is, without a model. Texts of the file are untrusted: control characters are shown as escapes.
 *
 * @param dialect spelling of its keys
 * @param family title of the model family; empty if the file does not tell
 * @param ranks of its layers, ascending
 * @param alphas of its layers, ascending
 * @param unetLayers number of layers of the UNet
 * @param textEncoderLayers number of layers of the text encoders
 * @param title name that the trainer gave it; empty if there is none
 * @param triggers phrases to put into a prompt: that of the author, or else the most frequent tags of the training
 * @param usageHint of the author; empty if there is none
 */
public record LoraDescription(
        String dialect,
        String family,
        List<Long> ranks,
        List<Double> alphas,
        int unetLayers,
        int textEncoderLayers,
        String title,
        List<String> triggers,
        String usageHint) {

    private static final int MAX_TRIGGERS = 10;
    private static final int LONGEST = 500;

    public LoraDescription {
        ranks = List.copyOf(ranks);
        alphas = List.copyOf(alphas);
        triggers = List.copyOf(triggers);
    }

    static LoraDescription of(LoraDialect dialect, List<LoraAdapter> adapters, Map<String, String> metadata) {
        Set<Long> ranks = new TreeSet<>();
        Set<Double> alphas = new TreeSet<>();
        int unet = 0;
        for (LoraAdapter adapter : adapters) {
            ranks.add(adapter.rank());
            alphas.add(adapter.alpha());
            unet += adapter.network() == AdaptedNetwork.UNET ? 1 : 0;
        }
        String family = LoraFamily.columns(adapters)
                .flatMap(LoraFamily::ofColumns)
                .or(() -> LoraFamily.ofMetadata(metadata))
                .map(LoraFamily::title)
                .orElse("");
        return new LoraDescription(
                dialect.title(),
                family,
                List.copyOf(ranks),
                List.copyOf(alphas),
                unet,
                adapters.size() - unet,
                first(metadata, "modelspec.title", "ss_output_name"),
                triggers(metadata),
                first(metadata, "modelspec.usage_hint"));
    }

    private static String first(Map<String, String> metadata, String... keys) {
        for (String key : keys) {
            String text = shown(metadata.getOrDefault(key, ""));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static List<String> triggers(Map<String, String> metadata) {
        String phrase = shown(metadata.getOrDefault("modelspec.trigger_phrase", ""));
        return phrase.isEmpty() ? frequentTags(metadata.getOrDefault("ss_tag_frequency", "")) : List.of(phrase);
    }

    /** JSON {folder: {tag: count}}; whatever else it is has no triggers. */
    private static List<String> frequentTags(String json) {
        Map<String, Double> counts = new LinkedHashMap<>();
        try {
            if (JsonParser.parseString(json) instanceof JsonObject folders) {
                for (Map.Entry<String, JsonElement> folder : folders.entrySet()) {
                    if (folder.getValue() instanceof JsonObject tags) {
                        tags.entrySet().forEach(tag -> counts.merge(tag.getKey(), count(tag.getValue()), Double::sum));
                    }
                }
            }
        } catch (JsonParseException e) {
            return List.of();
        }
        List<Map.Entry<String, Double>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Double>comparingByValue().reversed());
        Set<String> triggers = new LinkedHashSet<>();
        sorted.stream()
                .map(tag -> shown(tag.getKey()))
                .filter(tag -> !tag.isEmpty())
                .limit(MAX_TRIGGERS)
                .forEach(triggers::add);
        return List.copyOf(triggers);
    }

    private static double count(JsonElement value) {
        try {
            double count = value.isJsonPrimitive() ? value.getAsDouble() : 0;
            return Double.isFinite(count) ? count : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** One line of limited length. */
    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        String limited = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        return ControlCharacters.shown(limited);
    }
}
