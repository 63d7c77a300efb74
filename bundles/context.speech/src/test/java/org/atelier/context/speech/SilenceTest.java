package org.atelier.context.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.atelier.api.context.ReadingListener;
import org.atelier.audio.SampleStream;
import org.atelier.onnx.ModelsByFolder;
import org.atelier.onnx.OnnxModel;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private static final String MODEL = Path.of(System.getProperty("atelier.fixtures"), "whisper-tiny-english")
            .toString();

    @Test
    void saysNothing() {
        Transcript transcript = heard(0);
        assertEquals(List.of(), transcript.segments());
        assertNull(transcript.confidence());
    }

    @Test
    void noiseOfTheLastBitSaysNothing() {
        assertEquals(List.of(), heard(1 / 32768f).segments());
    }

    @Test
    void aWhisperIsHeard() {
        assertFalse(heard(0.003f).results().isEmpty());
    }

    private static Transcript heard(float loudness) {
        Random random = new Random(1);
        float[] samples = new float[2 * Recordings.SAMPLE_RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = loudness * (random.nextInt(3) - 1);
        }
        try (ModelsByFolder models = new ModelsByFolder();
                OnnxModel model = models.models().lease(MODEL);
                Whisper whisper = new Whisper(model)) {
            return new Transcriber(whisper, GivenOptions.of(MODEL))
                    .transcribe(
                            Path.of("any"),
                            (file, rate) -> SampleStream.of(samples, Recordings.SAMPLE_RATE),
                            new ReadingListener() {});
        }
    }
}
