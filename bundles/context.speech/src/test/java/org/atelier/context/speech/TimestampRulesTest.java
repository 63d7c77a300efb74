package org.atelier.context.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A vocabulary of four words, the end (4), the start (5), silence (6), no times (7) and five times (8 to 12). */
class TimestampRulesTest {

    private static final WhisperTokens TOKENS =
            new WhisperTokens(5, 4, -1, 7, Map.of(), Map.of(), List.of(), List.of(), 2);

    @Test
    void theFirstTokenIsAnEarlyTime() {
        assertEquals(List.of(8, 9, 10), allowed(5));
    }

    @Test
    void wordsFollowTheFirstTime() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), allowed(5, 9));
    }

    @Test
    void laterTimesMayFollowWords() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 10, 11, 12), allowed(5, 9, 1));
    }

    @Test
    void theSameOrALaterTimeOrTheEndFollowsATimeAfterWords() {
        assertEquals(List.of(4, 5, 6, 11, 12), allowed(5, 9, 1, 11));
    }

    @Test
    void timesComeWhereTogetherTheyAreLikelier() {
        float[] scores = scores(-0.5f);
        new TimestampRules(TOKENS, 1).process(new long[] {5, 8, 1}, scores);
        assertEquals(List.of(9, 10, 11, 12), finite(scores));
    }

    private static List<Integer> allowed(long... text) {
        float[] scores = scores(-20);
        new TimestampRules(TOKENS, 1).process(text, scores);
        return finite(scores);
    }

    private static float[] scores(float times) {
        float[] scores = new float[13];
        Arrays.fill(scores, TOKENS.firstTime(), scores.length, times);
        return scores;
    }

    private static List<Integer> finite(float[] scores) {
        return IntStream.range(0, scores.length)
                .filter(token -> Float.isFinite(scores[token]))
                .boxed()
                .toList();
    }
}
