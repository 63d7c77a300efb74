package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Which cases of a fixture are tested: those that differ in the code that they take or, with {@code -Datelier.references=all},
 * every one.
 */
final class ReferenceCases {

    private static final boolean ALL =
            System.getProperty("atelier.references", "").equals("all");

    private ReferenceCases() {}

    /**
     * Selects cases.
     *
     * @param cases by name
     * @param count how many there are
     * @param differing the names of those that differ in their code
     * @return the selected ones, in the order of the fixture
     */
    static List<Map.Entry<String, JsonElement>> of(JsonObject cases, int count, String... differing) {
        assertEquals(count, cases.size());
        List<String> selected = List.of(differing);
        List<Map.Entry<String, JsonElement>> found = cases.entrySet().stream()
                .filter(named -> ALL || selected.contains(named.getKey()))
                .toList();
        assertEquals(ALL ? count : selected.size(), found.size());
        return found;
    }

    /** Whether every case is tested. */
    static boolean all() {
        return ALL;
    }
}
