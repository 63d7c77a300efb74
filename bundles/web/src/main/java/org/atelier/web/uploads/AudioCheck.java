package org.atelier.web.uploads;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.audio.AudioFiles;
import org.atelier.audio.SampleStream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Decodes audio to its end, to find whether it can be. The reader of audio files is replaced when a decoder is deployed; this
 * must not restart the servlets.
 */
@Component(service = AudioCheck.class)
public final class AudioCheck {

    /** That of speech recognition. */
    private static final int SAMPLE_RATE = 16_000;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile AudioFiles files;

    /**
     * Returns the duration of a file.
     *
     * @param name of the file in error messages
     * @param most seconds
     * @throws AtelierException {@code INPUT_UNREADABLE} if it is not audio, is damaged, has no samples, or is longer
     */
    double seconds(Path file, String name, int most) {
        AudioFiles reader = files;
        if (reader == null) {
            throw unreadable(name, "audio needs the bundle org.atelier.audio; install it, or send an image");
        }
        double seconds = read(reader, file, name, most);
        if (seconds > most) {
            throw unreadable(name, "longer than %d minutes of audio".formatted(most / 60));
        }
        return seconds;
    }

    /** Reads to the end, or beyond {@code most} seconds. */
    private static double read(AudioFiles reader, Path file, String name, int most) {
        long count = 0;
        try (SampleStream samples = reader.open(file, SAMPLE_RATE)) {
            float[] buffer = new float[1 << 14];
            int read = samples.read(buffer, 0, buffer.length);
            while (read >= 0 && count <= (long) most * SAMPLE_RATE) {
                count += read;
                read = samples.read(buffer, 0, buffer.length);
            }
        } catch (AtelierException e) {
            throw new AtelierException(e.code(), e.getMessage().replace(file.toString(), name), e);
        }
        return (double) count / SAMPLE_RATE;
    }

    private static AtelierException unreadable(String name, String why) {
        return new AtelierException(INPUT_UNREADABLE, "%s: %s.".formatted(name, why));
    }
}
