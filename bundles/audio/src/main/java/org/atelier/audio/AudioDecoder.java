package org.atelier.audio;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Decodes audio files that Java cannot read, such as FLAC, MP3, Ogg and M4A; an optional service. */
@ConsumerType
@FunctionalInterface
public interface AudioDecoder {

    /**
     * Opens an audio file.
     *
     * @throws org.atelier.api.AtelierException {@code INPUT_UNREADABLE} if the file contains no audio
     */
    DecodedAudio open(Path file);
}
