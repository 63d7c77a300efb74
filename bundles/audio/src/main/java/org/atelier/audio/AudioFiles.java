package org.atelier.audio;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens audio files; a service. WAV, AIFF and AU are always supported, other formats if an {@link AudioDecoder} is
 * installed.
 */
@ProviderType
public interface AudioFiles {

    /**
     * Opens a file as mono samples: the mean of its channels, resampled to the given rate. Memory use does not depend
     * on the length of the file.
     *
     * @param sampleRate samples per second, greater than 0
     * @throws org.atelier.api.AtelierException {@code INPUT_UNREADABLE} if the file is not valid audio, naming the
     *     missing bundle if one could read it
     */
    SampleStream open(Path file, int sampleRate);
}
