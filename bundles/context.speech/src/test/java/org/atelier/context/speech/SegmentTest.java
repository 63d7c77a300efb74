package org.atelier.context.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentTest {

    private static final int FIRST_TIME = 100;
    private static final WhisperTokens TOKENS =
            new WhisperTokens(0, 1, -1, FIRST_TIME - 1, Map.of(), Map.of(), List.of(), List.of(), -1);

    @ParameterizedTest
    @CsvSource({
        "1, 2.5, 30, 1.00-2.50",
        "28, 32, 30, 28.00-30.00",
        "31.2, 32, 30, 30.00-30.00",
        "5, 3, 30, 5.00-5.00",
        "-2, 3, 30, 0.00-3.00"
    })
    void spansRunForwardsWithinTheRecording(double start, double end, double seconds, String span) {
        assertEquals(span, new Segment(start, end, new long[0]).span(seconds));
    }

    @Test
    void aWindowThatBeginsWithTextStartsAtItsOffset() {
        long[] tokens = {7, FIRST_TIME + 5, FIRST_TIME + 5, 8, FIRST_TIME + 9};
        Segment first = Segment.cut(tokens, TOKENS, new Segment.Clock(1, 2), 60, 3000)
                .segments()
                .get(0);
        assertEquals("60.00-65.00", first.span(100));
    }
}
