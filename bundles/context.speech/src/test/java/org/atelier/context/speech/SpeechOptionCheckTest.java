package org.atelier.context.speech;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechOptionCheckTest {

    private static final String NAME = "whisper-tiny.en";
    private static final WhisperTokens ENGLISH_ONLY = tokens(Map.of());
    private static final WhisperTokens MULTILINGUAL = tokens(Map.of("<|en|>", 10, "<|de|>", 11));
    private static final GivenOptions DEFAULTS = GivenOptions.of(NAME);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "en", "EN", "<|en|>", "English"})
    void anEnglishOnlyModelReadsEnglish(String language) {
        assertDoesNotThrow(() -> SpeechOptionCheck.check(DEFAULTS.withLanguage(language), ENGLISH_ONLY, NAME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "<|de|>", "German", "xx", "en,de"})
    void anEnglishOnlyModelHasNoOtherLanguageAndNoTask(String language) {
        GivenOptions options = DEFAULTS.withLanguage(language).withTask("translate");
        AtelierException refusal =
                assertThrows(AtelierException.class, () -> SpeechOptionCheck.check(options, ENGLISH_ONLY, NAME));
        assertEquals("""
                The speech model whisper-tiny.en is English-only, so the language '%s' has no effect; omit it, or choose a multilingual model.
                The speech model whisper-tiny.en is English-only, so the task 'translate' has no effect; omit it, or choose a multilingual model.\
                """.formatted(language), refusal.getMessage());
        assertEquals(AtelierException.Code.INVALID_REQUEST, refusal.code());
    }

    @Test
    void aMultilingualModelHasItsLanguagesAndTasks() {
        SpeechOptionCheck.check(DEFAULTS.withLanguage("de").withTask("translate"), MULTILINGUAL, NAME);
        AtelierException refusal = assertThrows(
                AtelierException.class, () -> SpeechOptionCheck.check(DEFAULTS.withLanguage("xx"), MULTILINGUAL, NAME));
        assertEquals(
                "The speech model does not support the language \"xx\"; choose one of de, en.", refusal.getMessage());
    }

    private static WhisperTokens tokens(Map<String, Integer> languages) {
        return new WhisperTokens(0, 1, -1, 2, languages, Map.of(), List.of(), List.of(), -1);
    }
}
