package org.atelier.context.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sentence or so.
 *
 * @param start when it starts, in seconds
 * @param end when it ends, in seconds
 * @param tokens those of its times among them
 */
@SuppressWarnings("ArrayRecordComponent") // as the generator gives them
record Segment(double start, double end, long[] tokens) {

    /**
     * What was heard in a window, cut where two times meet.
     *
     * @param segments in order
     * @param frames how far the recording is heard, from the start of the window
     */
    record Cut(List<Segment> segments, long frames) {}

    /**
     * How times and frames belong together.
     *
     * @param seconds that a time token is later than the one before
     * @param frames that a time token stands for
     */
    record Clock(double seconds, int frames) {}

    /**
     * Cuts a window's tokens into segments. After a sentence that is not finished the next window starts with it again.
     *
     * @param offset when the window starts, in seconds
     * @param heard how many frames of the recording the window has
     */
    static Cut cut(long[] tokens, WhisperTokens meaning, Clock clock, double offset, long heard) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 1; i < tokens.length; i++) {
            if (meaning.isTime(tokens[i - 1]) && meaning.isTime(tokens[i])) {
                ends.add(i);
            }
        }
        if (ends.isEmpty()) {
            double end = offset + clock.seconds() * lastTime(tokens, meaning, heard / clock.frames());
            return new Cut(List.of(new Segment(offset, end, tokens)), heard);
        }
        int length = tokens.length;
        boolean finished = length >= 2 && !meaning.isTime(tokens[length - 2]) && meaning.isTime(tokens[length - 1]);
        if (finished) {
            ends.add(length);
        } else {
            // The last segment keeps the time that opens the unfinished one.
            ends.set(ends.size() - 1, ends.get(ends.size() - 1) + 1);
        }
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < ends.size(); i++) {
            long[] part = Arrays.copyOfRange(tokens, from, ends.get(i));
            boolean keepsOpening = !finished && i == ends.size() - 1;
            long end = part[part.length - (keepsOpening ? 2 : 1)] - meaning.firstTime();
            segments.add(new Segment(
                    offset + (part[0] - meaning.firstTime()) * clock.seconds(), offset + end * clock.seconds(), part));
            from = ends.get(i);
        }
        return new Cut(segments, finished ? heard : (tokens[from - 2] - meaning.firstTime()) * clock.frames());
    }

    /** The last time that was said, if any but 0 was. */
    private static long lastTime(long[] tokens, WhisperTokens meaning, long otherwise) {
        for (int i = tokens.length - 1; i >= 0; i--) {
            if (meaning.isTime(tokens[i])) {
                return tokens[i] == meaning.firstTime() ? otherwise : tokens[i] - meaning.firstTime();
            }
        }
        return otherwise;
    }
}
