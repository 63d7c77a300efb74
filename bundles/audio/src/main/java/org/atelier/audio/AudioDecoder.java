package org.atelier.audio;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Decodes sound files that Java itself does not read, such as FLAC, MP3, Ogg and M4A; a service that may be absent. */
@ConsumerType
@FunctionalInterface
public interface AudioDecoder {

    /**
     * Opens a sound file.
     *
     * @throws org.atelier.api.AtelierException {@code INPUT_UNREADABLE} where there is no sound in the file
     */
    DecodedAudio open(Path file);
}
