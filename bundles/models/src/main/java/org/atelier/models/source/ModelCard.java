package org.atelier.models.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.models.json.Settings;

/**
 * What a model's maker tells its users in {@code atelier.json}, a file that any model folder may have and none needs.
 *
 * @param title one line, or empty
 * @param note what to know before generation with it, or empty
 * @param vocabulary the words it knows, by group in the file's order; empty for a model that is not so limited
 */
record ModelCard(String title, String note, Map<String, List<String>> vocabulary) {

    private static final String FILE = "atelier.json";

    static ModelCard in(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new ModelCard("", "", Map.of());
        }
        Settings card = Settings.read(file);
        return new ModelCard(printable(card.text("title", "")), printable(card.text("note", "")), vocabulary(card));
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

    /** A terminal obeys control characters, and the card is anybody's text. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
