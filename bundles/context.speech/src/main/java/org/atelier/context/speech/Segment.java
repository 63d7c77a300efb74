package org.atelier.context.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A segment of the transcript, about a sentence.
 *
 * @param start seconds
 * @param end seconds
 * @param tokens including timestamp tokens
 */
@SuppressWarnings("ArrayRecordComponent") // as the generator returns them
record Segment(double start, double end, long[] tokens) {

    /**
     * The segments of a window, split at consecutive timestamps.
     *
     * @param segments in order
     * @param frames the number of processed frames, from the start of the window
     */
    record Cut(List<Segment> segments, long frames) {}

    /**
     * The relation between timestamp tokens, seconds and frames.
     *
     * @param seconds between consecutive timestamp tokens
     * @param frames between consecutive timestamp tokens
     */
    record Clock(double seconds, int frames) {}

    /**
     * Returns the start and the end, such as {@code 1.00-2.50}. Both lie within the recording, and the end is not before the
     * start, although a model may predict other timestamps.
     *
     * @param seconds the duration of the recording
     */
    String span(double seconds) {
        double from = Math.max(0, Math.min(start, seconds));
        double to = Math.max(from, Math.min(end, seconds));
        return String.format(Locale.ROOT, "%.2f-%.2f", from, to);
    }

    /**
     * Splits a window's tokens into segments. If the last sentence is unfinished, the next window starts at it.
     *
     * @param offset the start of the window, in seconds
     * @param heard the number of frames in the window
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
            // The last segment includes the timestamp that starts the unfinished one.
            ends.set(ends.size() - 1, ends.get(ends.size() - 1) + 1);
        }
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < ends.size(); i++) {
            long[] part = Arrays.copyOfRange(tokens, from, ends.get(i));
            boolean keepsOpening = !finished && i == ends.size() - 1;
            // A window may begin with text: its first sentence then starts with the window.
            long start = Math.max(0, part[0] - meaning.firstTime());
            long end = part[part.length - (keepsOpening ? 2 : 1)] - meaning.firstTime();
            segments.add(new Segment(offset + start * clock.seconds(), offset + end * clock.seconds(), part));
            from = ends.get(i);
        }
        return new Cut(segments, finished ? heard : (tokens[from - 2] - meaning.firstTime()) * clock.frames());
    }

    /** The last timestamp, if there is one other than 0. */
    private static long lastTime(long[] tokens, WhisperTokens meaning, long otherwise) {
        for (int i = tokens.length - 1; i >= 0; i--) {
            if (meaning.isTime(tokens[i])) {
                return tokens[i] == meaning.firstTime() ? otherwise : tokens[i] - meaning.firstTime();
            }
        }
        return otherwise;
    }
}
