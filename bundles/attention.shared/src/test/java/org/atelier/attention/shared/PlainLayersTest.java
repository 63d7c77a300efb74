package org.atelier.attention.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainLayersTest {

    /** What the reference implementation selects among SDXL's seventy layers. */
    @ParameterizedTest
    @CsvSource({
        "0,0", ".1,7", ".25,18", ".3,24", ".4,35", ".5,35", ".6,35", ".75,52", ".9,63", "1,70", ".001,0", ".999,70"
    })
    void countsAreTheReferences(double level, int plain) {
        assertEquals(
                plain,
                IntStream.range(0, 70)
                        .filter(layer -> PlainLayers.includes(layer, 70, level))
                        .count());
    }

    @Test
    void theyAreEvenlySpread() {
        assertTrue(PlainLayers.includes(0, 70, .1));
        assertFalse(PlainLayers.includes(9, 70, .1));
        assertTrue(PlainLayers.includes(10, 70, .1));
        assertFalse(PlainLayers.includes(0, 70, .9));
        assertTrue(PlainLayers.includes(1, 70, .9));
    }
}
