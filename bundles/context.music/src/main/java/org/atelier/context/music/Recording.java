package org.atelier.context.music;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.audio.AudioFiles;
import org.atelier.audio.SampleStream;

/** Reads windows of a sound file. */
final class Recording {

    private static final int BLOCK = 1 << 16;

    private final AudioFiles files;
    private final Path file;
    private final int sampleRate;
    private final BooleanSupplier cancelled;

    /** @param cancelled polled while samples are read */
    Recording(AudioFiles files, Path file, int sampleRate, BooleanSupplier cancelled) {
        this.files = files;
        this.file = file;
        this.sampleRate = sampleRate;
        this.cancelled = cancelled;
    }

    /**
     * Checks that the file is a sound file and not empty.
     *
     * @throws AtelierException INPUT_UNREADABLE
     */
    void check() {
        try (SampleStream samples = files.open(file, sampleRate)) {
            requireSamples(samples.readFully(new float[1], 1));
        }
    }

    /**
     * Reads windows evenly spaced from start to end; a recording shorter than a window is one shorter window.
     *
     * @param length the length of a window, in samples
     * @param maximum the maximum number of windows; fewer if they cover the recording; a single window is centred
     */
    void windows(int length, int maximum, Consumer<float[]> consumer) {
        float[] first = new float[length];
        long total;
        try (SampleStream samples = files.open(file, sampleRate)) {
            int filled = samples.readFully(first, length);
            requireSamples(filled);
            total = filled < length ? filled : length + skip(samples, Long.MAX_VALUE);
        }
        if (total <= length) {
            consumer.accept(Arrays.copyOf(first, (int) total));
            return;
        }
        int count = (int) Math.min(maximum, (total + length - 1) / length);
        try (SampleStream samples = files.open(file, sampleRate)) {
            float[] window = new float[0];
            long position = 0;
            for (int i = 0; i < count; i++) {
                long start = count == 1 ? (total - length) / 2 : i * (total - length) / (count - 1);
                // If windows overlap, the start of this one is the end of the previous one.
                int shared = (int) Math.max(0, position - start);
                float[] next = new float[length];
                System.arraycopy(window, window.length - shared, next, 0, shared);
                skip(samples, start - position);
                float[] rest = new float[length - shared];
                samples.readFully(rest, rest.length);
                System.arraycopy(rest, 0, next, shared, rest.length);
                consumer.accept(next);
                window = next;
                position = start + length;
            }
        }
    }

    /** Skips samples and returns how many were skipped. */
    private long skip(SampleStream samples, long number) {
        float[] block = new float[BLOCK];
        long skipped = 0;
        while (skipped < number) {
            if (cancelled.getAsBoolean()) {
                throw new AtelierException(Code.CANCELLED, "Cancelled while reading music.");
            }
            int read = samples.read(block, 0, (int) Math.min(block.length, number - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    private void requireSamples(int samples) {
        if (samples == 0) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE, file + " is empty: it contains no samples; choose" + " another file.");
        }
    }
}
