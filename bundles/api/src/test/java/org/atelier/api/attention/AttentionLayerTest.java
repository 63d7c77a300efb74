package org.atelier.api.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionLayerTest {

    /** What the reference implementation selects among SDXL's seventy layers. */
    @ParameterizedTest
    @CsvSource({
        "0,0", ".1,7", ".25,18", ".3,24", ".4,35", ".5,35", ".6,35", ".75,52", ".9,63", "1,70", ".001,0", ".999,70"
    })
    void countsOfPlainLayersAreTheReferences(double level, int plain) {
        assertEquals(
                plain,
                IntStream.range(0, 70)
                        .filter(index -> layer(index).isPlainAt(level))
                        .count());
    }

    @Test
    void plainLayersAreEvenlySpread() {
        assertTrue(layer(0).isPlainAt(.1));
        assertFalse(layer(9).isPlainAt(.1));
        assertTrue(layer(10).isPlainAt(.1));
        assertFalse(layer(0).isPlainAt(.9));
        assertTrue(layer(1).isPlainAt(.9));
    }

    private static AttentionLayer layer(int index) {
        return new AttentionLayer(Kind.SELF, index, 70, "down1", 10, 64, 64);
    }
}
