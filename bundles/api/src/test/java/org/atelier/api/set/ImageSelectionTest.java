package org.atelier.api.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSelectionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"4-7|4-7", "0,4-7|0,4-7", "7, 5 - 6|5-7", "3|3", "2-2|2", "4-8,1,5-6|1,4-8", "1-3,0|0-3"})
    void readsNumbersAndRanges(String text, String canonical) {
        assertEquals(canonical, ImageSelection.parse(text).toString());
        assertEquals(ImageSelection.parse(text), ImageSelection.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a", "4-", "-4", "1,,2", "1,", "1-2-3", "1.5", "7-4", "12345678901"})
    void refusesAnythingElse(String text) {
        AtelierException fault = assertThrows(AtelierException.class, () -> ImageSelection.parse(text));

        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertEquals(1, fault.getMessage().lines().count());
    }

    @Test
    void hasImages() {
        ImageSelection selection = ImageSelection.parse("0,4-6");

        assertTrue(selection.contains(0) && selection.contains(4) && selection.contains(6));
        assertFalse(selection.contains(1) || selection.contains(3) || selection.contains(7));
        assertEquals(List.of(0, 4, 5, 6), selection.numbers().boxed().toList());
        assertEquals(4, selection.count());
        assertEquals(6, selection.last());
    }
}
