package org.atelier.audio;

import org.osgi.annotation.versioning.ProviderType;

/** A stream of mono samples at one rate; full scale is from -1 to 1. */
@ProviderType
public interface SampleStream extends AutoCloseable {

    /** A stream of samples in memory. */
    static SampleStream of(float[] samples, int sampleRate) {
        return new ArraySamples(samples, sampleRate);
    }

    /** Samples per second. */
    int sampleRate();

    /**
     * Reads the next samples.
     *
     * @return number of samples read, at least 1 and at most {@code length}; -1 at the end
     * @throws org.atelier.api.AtelierException {@code INPUT_UNREADABLE} if the file is damaged or truncated, or has
     *     samples that are not finite numbers
     */
    int read(float[] samples, int offset, int length);

    /** Reads {@code length} samples, or fewer at the end of the stream; returns the number of samples read. */
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
