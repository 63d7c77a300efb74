package org.atelier.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a café", "城", "\uD83D\uDC1F a fish", "\uD83D\uDC1F\uD83D\uDC1F"})
    void acceptsTextWithPairedSurrogates(String text) {
        assertEquals(true, UnicodeText.isWellFormed(text));
        assertEquals(false, UnicodeText.isDamaged(text));
    }

    @ParameterizedTest
    @CsvSource({"D83D,0041", "0041,D83D", "DC1F,0041", "DC1F,D83D", "D83D,D83D"})
    void rejectsUnpairedSurrogates(String first, String second) {
        String text = new String(new char[] {(char) Integer.parseInt(first, 16), (char) Integer.parseInt(second, 16)});

        assertEquals(false, UnicodeText.isWellFormed(text));
        assertEquals(true, UnicodeText.isDamaged(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a caf\uFFFD", "\uFFFD\uFFFD"})
    void recognisesReplacementCharacters(String text) {
        assertEquals(true, UnicodeText.isWellFormed(text));
        assertEquals(true, UnicodeText.isDamaged(text));
    }
}
