package org.atelier.context.speech;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What was said in a recording.
 *
 * @param language such as {@code de}; {@code null} where the model knows only one
 * @param segments in order; none where nobody speaks
 * @param passages what was decided on, window by window
 * @param seconds how long the recording lasts
 */
record Transcript(String language, List<Segment> segments, List<Passage> passages, double seconds) {

    /** Every token of every segment. */
    long[] tokens() {
        return segments.stream()
                .flatMapToLong(segment -> LongStream.of(segment.tokens()))
                .toArray();
    }

    /** How likely its words are on average, 0 to 1; {@code null} where nobody speaks. */
    Double confidence() {
        return segments.isEmpty()
                ? null
                : Math.exp(passages.stream()
                        .mapToDouble(Passage::averageLogProbability)
                        .average()
                        .orElseThrow());
    }
}
