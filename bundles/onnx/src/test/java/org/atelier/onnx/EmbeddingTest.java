package org.atelier.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

    private static final double EXACT = 1e-12;

    private final Embedding east = Embedding.of(3, 0);
    private final Embedding north = Embedding.of(0, 0.5f);

    @Test
    void comparesDirectionsWhateverTheLengths() {
        assertEquals(1, east.cosine(Embedding.of(7, 0)), EXACT);
        assertEquals(-1, east.cosine(Embedding.of(-1, 0)), EXACT);
        assertEquals(0, east.cosine(north), EXACT);
        assertEquals(Math.sqrt(0.5), Embedding.of(2, 2).cosine(north), EXACT);
    }

    @Test
    void isBetweenThoseItIsTheMeanOf() {
        Embedding mean = Embedding.mean(List.of(east, north));

        assertEquals(Math.sqrt(0.5), mean.cosine(east), EXACT);
        assertEquals(Math.sqrt(0.5), mean.cosine(north), EXACT);
    }

    @Test
    void isLikeNothingIfItHasNoDirection() {
        assertEquals(0, Embedding.of(0, 0).cosine(east), EXACT);
        assertEquals(2, Embedding.of(0, 0).size());
    }
}
