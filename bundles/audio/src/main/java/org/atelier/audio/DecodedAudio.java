package org.atelier.audio;

import org.osgi.annotation.versioning.ConsumerType;

/** The decoder of one audio file: interleaved channels at the sample rate of the file, full scale from -1 to 1. */
@ConsumerType
public interface DecodedAudio extends AutoCloseable {

    /** Frames per second. The caller rejects values that are not positive. */
    int sampleRate();

    /** The number of channels. */
    int channels();

    /**
     * Decodes the next frames.
     *
     * @param interleaved receives the frames; has space for at least one frame
     * @return number of decoded frames, at least 1; -1 at the end
     * @throws org.atelier.api.AtelierException {@code INPUT_UNREADABLE} if the file is damaged or truncated
     */
    int read(float[] interleaved);

    @Override
    void close();
}
