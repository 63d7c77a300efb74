package org.atelier.audio;

import org.osgi.annotation.versioning.ProviderType;

/** Mono samples at one rate, read from start to end; full scale is from -1 to 1. */
@ProviderType
public interface SampleStream extends AutoCloseable {

    /** Samples that are in memory. */
    static SampleStream of(float[] samples, int sampleRate) {
        return new ArraySamples(samples, sampleRate);
    }

    /** Samples a second. */
    int sampleRate();

    /**
     * Reads the next samples.
     *
     * @return how many were read, at least one and at most {@code length}; -1 at the end
     * @throws org.atelier.api.AtelierException {@code INPUT_UNREADABLE} where the file is damaged, cut off, or has
     *     samples that are not numbers
     */
    int read(float[] samples, int offset, int length);

    /** Reads until {@code length} samples are there or the stream ends; returns how many were read. */
    default int readFully(float[] samples, int length) {
        int filled = 0;
        while (filled < length) {
            int count = read(samples, filled, length - filled);
            if (count < 0) {
                break;
            }
            filled += count;
        }
        return filled;
    }

    @Override
    void close();
}
