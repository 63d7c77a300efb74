package org.atelier.audio;

import org.osgi.annotation.versioning.ConsumerType;

/** A sound file while it is being decoded: its channels interleaved, at its own rate, full scale from -1 to 1. */
@ConsumerType
public interface DecodedAudio extends AutoCloseable {

    /** Frames a second; what is not above 0 is refused by who reads. */
    int sampleRate();

    /** How many channels a frame has. */
    int channels();

    /**
     * Decodes the next frames.
     *
     * @param interleaved receives the frames from its start; holds at least one frame
     * @return how many frames were decoded, at least one; -1 at the end
     * @throws org.atelier.api.AtelierException {@code INPUT_UNREADABLE} where the file is damaged or cut off
     */
    int read(float[] interleaved);

    @Override
    void close();
}
