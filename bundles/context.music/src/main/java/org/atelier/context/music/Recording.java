package org.atelier.context.music;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.audio.AudioFiles;
import org.atelier.audio.SampleStream;

/** A sound file, of which windows are heard. */
final class Recording {

    private static final int BLOCK = 1 << 16;

    private final AudioFiles files;
    private final Path file;
    private final int sampleRate;
    private final BooleanSupplier cancelled;

    /** @param cancelled asked while samples are read */
    Recording(AudioFiles files, Path file, int sampleRate, BooleanSupplier cancelled) {
        this.files = files;
        this.file = file;
        this.sampleRate = sampleRate;
        this.cancelled = cancelled;
    }

    /**
     * Refuses what is no sound, or none at all.
     *
     * @throws AtelierException INPUT_UNREADABLE in one line
     */
    void check() {
        try (SampleStream samples = files.open(file, sampleRate)) {
            refuseEmpty(samples.readFully(new float[1], 1));
        }
    }

    /**
     * Hears the recording in windows spread evenly from its start to its end; one that is shorter than a window is heard as it is.
     *
     * @param length of a window, in samples
     * @param most at most so many windows, and no more than cover the recording; one alone lies in the middle
     */
    void windows(int length, int most, Consumer<float[]> heard) {
        float[] first = new float[length];
        long total;
        try (SampleStream samples = files.open(file, sampleRate)) {
            int filled = samples.readFully(first, length);
            refuseEmpty(filled);
            total = filled < length ? filled : length + skip(samples, Long.MAX_VALUE);
        }
        if (total <= length) {
            heard.accept(Arrays.copyOf(first, (int) total));
            return;
        }
        int count = (int) Math.min(most, (total + length - 1) / length);
        try (SampleStream samples = files.open(file, sampleRate)) {
            float[] window = new float[0];
            long position = 0;
            for (int i = 0; i < count; i++) {
                long start = count == 1 ? (total - length) / 2 : i * (total - length) / (count - 1);
                // Where windows overlap, the start of this one is the end of the last.
                int shared = (int) Math.max(0, position - start);
                float[] next = new float[length];
                System.arraycopy(window, window.length - shared, next, 0, shared);
                skip(samples, start - position);
                float[] rest = new float[length - shared];
                samples.readFully(rest, rest.length);
                System.arraycopy(rest, 0, next, shared, rest.length);
                heard.accept(next);
                window = next;
                position = start + length;
            }
        }
    }

    /** How many were there to skip; none for a number below 1. */
    private long skip(SampleStream samples, long number) {
        float[] block = new float[BLOCK];
        long skipped = 0;
        while (skipped < number) {
            if (cancelled.getAsBoolean()) {
                throw new AtelierException(Code.CANCELLED, "Stopped while music was heard.");
            }
            int read = samples.read(block, 0, (int) Math.min(block.length, number - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    private void refuseEmpty(int samples) {
        if (samples == 0) {
            throw new AtelierException(Code.INPUT_UNREADABLE, file + " has no sound in it: it is zero seconds long.");
        }
    }
}
