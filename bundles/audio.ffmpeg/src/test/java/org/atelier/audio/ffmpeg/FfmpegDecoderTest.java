package org.atelier.audio.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.atelier.api.AtelierException;
import org.atelier.audio.DecodedAudio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fixtures contain half a second of sound in the left channel and silence in the right one. */
class FfmpegDecoderTest {

    private static final Path SOUNDS = Path.of(System.getProperty("atelier.fixtures"), "audio");

    private static final double[] ENCODED = encoded();

    private final FfmpegDecoder decoder = new FfmpegDecoder();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"sound.flac, 0.00003, 0", "sound.mp3, 0.06, 1200", "sound.ogg, 0.06, 1200", "sound.m4a, 0.06, 2100"})
    void decodesTheEncodedSound(String name, double error, int delay) {
        float[] samples = decode(SOUNDS.resolve(name));
        float[] left = new float[8000];
        int best = bestDelay(samples, delay);
        double square = 0;
        for (int i = 0; i < left.length; i++) {
            int at = 2 * (i + best);
            float actual = at + 1 < samples.length ? samples[at] : 0;
            square += Math.pow(actual - ENCODED[i], 2);
        }
        assertTrue(Math.sqrt(square / left.length) <= error, name + " is off by " + Math.sqrt(square / left.length));
    }

    @Test
    void keepsRateAndChannels() {
        try (DecodedAudio audio = decoder.open(SOUNDS.resolve("sound.flac"))) {
            assertEquals(16_000, audio.sampleRate());
            assertEquals(2, audio.channels());
        }
        assertEquals(16_000, decode(SOUNDS.resolve("sound.flac")).length);
    }

    @Test
    void rejectsATruncatedFile() throws IOException {
        byte[] whole = Files.readAllBytes(SOUNDS.resolve("sound.flac"));
        Path cut = Files.write(folder.resolve("cut.flac"), Arrays.copyOf(whole, whole.length * 3 / 4));
        AtelierException refusal = assertThrows(AtelierException.class, () -> decode(cut));
        assertEquals(AtelierException.Code.INPUT_UNREADABLE, refusal.code());
        assertTrue(
                refusal.getMessage()
                        .matches(".*cut.flac is truncated: it has 0.\\d of the 0.5 seconds declared in its header."),
                refusal.getMessage());
    }

    @Test
    void rejectsOtherFiles() throws IOException {
        Path text = Files.writeString(folder.resolve("text.mp3"), "Dear diary, today nothing was recorded.");
        assertEquals(
                text + " is not a valid audio file.",
                assertThrows(AtelierException.class, () -> decode(text)).getMessage());
        Path image = Path.of(System.getProperty("atelier.fixtures"), "pictures");
        Path file;
        try (var images = Files.list(image)) {
            file = images.filter(each -> each.toString().endsWith(".png"))
                    .findFirst()
                    .orElseThrow();
        }
        assertEquals(
                file + " contains no audio.",
                assertThrows(AtelierException.class, () -> decode(file)).getMessage());
    }

    private float[] decode(Path file) {
        try (DecodedAudio audio = decoder.open(file)) {
            float[] all = new float[0];
            float[] block = new float[1000];
            for (int frames = audio.read(block); frames >= 0; frames = audio.read(block)) {
                int end = all.length;
                all = Arrays.copyOf(all, end + frames * audio.channels());
                System.arraycopy(block, 0, all, end, frames * audio.channels());
            }
            return all;
        }
    }

    /** The start of the sound in the decoded left channel; encoders prepend silence. */
    private static int bestDelay(float[] samples, int most) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int delay = 0; delay <= most; delay++) {
            double match = 0;
            for (int i = 0; i < 4000; i++) {
                match += samples[2 * (i + delay)] * ENCODED[i];
            }
            if (match > highest) {
                highest = match;
                best = delay;
            }
        }
        return best;
    }

    /** The left channel, as {@code audio_fixtures.py} makes it. */
    private static double[] encoded() {
        double[] samples = new double[8000];
        long state = 1;
        for (int i = 0; i < samples.length; i++) {
            state = (state * 1_664_525 + 1_013_904_223) % (1L << 32);
            double noise = state / (double) (1L << 31) - 1;
            double t = i / 16_000.0;
            boolean silent = i >= 4800 && i < 5600;
            samples[i] = silent ? 0 : 0.4 * Math.sin(2 * Math.PI * (100 * t + 150 * t * t)) + 0.05 * noise;
        }
        return samples;
    }
}
