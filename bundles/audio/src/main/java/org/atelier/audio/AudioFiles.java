package org.atelier.audio;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Opens sound files; a service. WAV, AIFF and AU are always read, others where an {@link AudioDecoder} is installed. */
@ProviderType
public interface AudioFiles {

    /**
     * Opens a file as mono samples: the mean of its channels, resampled where it has another rate. Memory is bounded
     * however long the file is.
     *
     * @param sampleRate samples a second, above 0
     * @throws org.atelier.api.AtelierException {@code INPUT_UNREADABLE} for what is not sound, naming the bundle that
     *     is missing where one would read it
     */
    SampleStream open(Path file, int sampleRate);
}
