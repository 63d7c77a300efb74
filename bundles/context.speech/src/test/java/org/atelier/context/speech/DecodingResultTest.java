package org.atelier.context.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecodingResultTest {

    private static final Options OPTIONS = GivenOptions.of("any").withThresholds(-1, 0.6);

    @Test
    void aLikelyPassageIsKept() {
        DecodingResult result = new DecodingResult(new long[] {1}, -0.5, 1.5, 0.9);
        assertFalse(result.needsFallback(OPTIONS));
        assertFalse(result.isSilence(OPTIONS));
    }

    @Test
    void aPassageThatRepeatsItselfIsTriedAgain() {
        assertTrue(new DecodingResult(new long[] {1}, -0.5, 2.5, 0.1).needsFallback(OPTIONS));
    }

    @Test
    void aDoubtfulPassageIsTriedAgainUnlessItIsSilence() {
        assertTrue(new DecodingResult(new long[] {1}, -1.5, 1, 0.1).needsFallback(OPTIONS));
        DecodingResult silence = new DecodingResult(new long[] {1}, -1.5, 9, 0.7);
        assertFalse(silence.needsFallback(OPTIONS));
        assertTrue(silence.isSilence(OPTIONS));
    }

    @Test
    void tokensAreGeneratedAsOftenAsTheyAreLikely() {
        SampledToken choice = new SampledToken(0.5, new SplittableRandom(1));
        float[] scores = {0, (float) (0.5 * Math.log(3)), Float.NEGATIVE_INFINITY};
        long second = IntStream.range(0, 10_000)
                .filter(i -> choice.choose(scores) == 1)
                .count();
        assertEquals(7500.0, (double) second, 150.0);
    }
}
