package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelVocabularyTest {

    private final ModelVocabulary words = new ModelVocabulary(world());

    @Test
    void findsUnknownWords() {
        assertEquals(
                Set.of("dragon", "crystal"),
                words.unknownIn(List.of("a Dragon, stained glass", "the house of crystal on a house")));
    }

    @Test
    void namesAWordOnceHoweverItsMarksAreTyped() {
        assertEquals(
                Set.of("caf\u00e9", "\u00fcber"),
                words.unknownIn(List.of("a caf\u00e9, cafe\u0301", "CAFE\u0301 u\u0308ber \u00dcber")));
    }

    @Test
    void knowsTheWordsOfItsPhrases() {
        assertEquals(Set.of(), words.unknownIn(List.of("glass house", "HOUSE; fish")));
    }

    @Test
    void listsItsWordsByGroup() {
        assertEquals(
                Optional.of("toy knows objects: house, fish; styles: stained glass, pop art."), words.listed("toy"));
    }

    @Test
    void isEmptyForAModelWithoutALimit() {
        ModelVocabulary any = new ModelVocabulary(Map.of());

        assertEquals(Optional.empty(), any.listed("sdxl"));
        assertEquals(Set.of(), any.unknownIn(List.of("a dragon")));
    }

    private static Map<String, List<String>> world() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("objects", List.of("house", "fish"));
        groups.put("styles", List.of("stained glass", "pop art"));
        return groups;
    }
}
