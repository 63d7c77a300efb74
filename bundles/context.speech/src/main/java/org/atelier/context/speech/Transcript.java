package org.atelier.context.speech;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The transcript of a recording.
 *
 * @param language such as {@code de}; {@code null} for an English-only model
 * @param segments in order; empty if there is no speech
 * @param results the decoding result of each window
 * @param seconds the duration of the recording
 */
record Transcript(String language, List<Segment> segments, List<DecodingResult> results, double seconds) {

    /** The tokens of all segments. */
    long[] tokens() {
        return segments.stream()
                .flatMapToLong(segment -> LongStream.of(segment.tokens()))
                .toArray();
    }

    /** The average probability of the tokens, 0 to 1; {@code null} if there is no speech. */
    Double confidence() {
        return segments.isEmpty()
                ? null
                : Math.exp(results.stream()
                        .mapToDouble(DecodingResult::averageLogProbability)
                        .average()
                        .orElseThrow());
    }
}
