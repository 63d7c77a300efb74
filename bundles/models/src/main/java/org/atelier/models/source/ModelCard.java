package org.atelier.models.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.models.json.Settings;

/**
 * The model card in the optional file {@code atelier.json} of a model folder.
 *
 * @param title one line, or empty
 * @param note usage note, or empty
 * @param vocabulary supported words by group in file order; empty if not limited
 * @param pluginModels as {@link ModelSource#pluginModels}
 */
record ModelCard(String title, String note, Map<String, List<String>> vocabulary, Map<String, String> pluginModels) {

    /** A model without a card. */
    static final ModelCard NONE = new ModelCard("", "", Map.of(), Map.of());

    private static final String FILE = "atelier.json";

    static ModelCard in(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return NONE;
        }
        Settings card = Settings.read(file);
        return new ModelCard(
                printable(card.text("title", "")),
                printable(card.text("note", "")),
                vocabulary(card),
                pluginModels(card));
    }

    private static Map<String, String> pluginModels(Settings card) {
        if (!card.has("plugin_models")) {
            return Map.of();
        }
        Settings models = card.object("plugin_models");
        return models.keys().stream().collect(Collectors.toUnmodifiableMap(name -> name, models::text));
    }

    private static Map<String, List<String>> vocabulary(Settings card) {
        Map<String, List<String>> vocabulary = new LinkedHashMap<>();
        if (card.has("vocabulary")) {
            Settings groups = card.object("vocabulary");
            for (String group : groups.keys()) {
                vocabulary.put(
                        printable(group),
                        groups.texts(group).stream().map(ModelCard::printable).toList());
            }
        }
        return Collections.unmodifiableMap(vocabulary);
    }

    /** Removes control characters, since the card is untrusted and may be printed to a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
