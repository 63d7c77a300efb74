package org.atelier.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.files.IoErrors;
import org.atelier.files.RegularFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Reads audio files with Java where possible and with the decoder service otherwise. */
@Component
public final class AudioFileReader implements AudioFiles {

    private final AudioDecoder decoder;

    /** @param decoder {@code null} if none is installed */
    @Activate
    public AudioFileReader(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    AudioDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public SampleStream open(Path file, int sampleRate) {
        SampleStream mono = new MonoSamples(file, decode(file));
        return mono.sampleRate() == sampleRate ? mono : new ResampledSamples(mono, sampleRate);
    }

    private DecodedAudio decode(Path file) {
        Container container = containerOf(file);
        if (container.isReadByJava()) {
            return JavaSound.open(file, container);
        }
        if (decoder != null) {
            return decoder.open(file);
        }
        if (container == Container.UNKNOWN) {
            throw new AtelierException(
                    Code.INPUT_UNREADABLE,
                    file
                            + " is not a supported audio file: use WAV, AIFF or AU, or FLAC, MP3, Ogg or M4A with the bundle"
                            + " org.atelier.audio.ffmpeg.");
        }
        throw new AtelierException(
                Code.INPUT_UNREADABLE,
                ("%s is %s audio, which needs the bundles org.atelier.audio.ffmpeg and org.atelier.libs.ffmpeg; install"
                                + " them, or convert the file to WAV.")
                        .formatted(file, container.title()));
    }

    private static Container containerOf(Path file) {
        try {
            RegularFile.require(file);
            try (InputStream stream = Files.newInputStream(file)) {
                return Container.of(stream.readNBytes(Container.HEAD));
            }
        } catch (NoSuchFileException e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, "There is no file " + file + ".", e);
        } catch (IOException e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, file + ": " + IoErrors.of(e) + ".", e);
        }
    }
}
