package org.atelier.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AudioFileReaderTest {

    private static final float[] SAMPLES = {0, 0.5f, -0.5f, 0.25f, -1, 0.75f};

    private final AudioFiles files = new AudioFileReader(null);

    @TempDir
    private Path folder;

    private Path wave;

    @BeforeEach
    void nameAFile() {
        wave = folder.resolve("sound.wav");
    }

    static Stream<WaveBytes> codings() {
        Stream<WaveBytes> plain = Stream.of(
                WaveBytes.integers(8, 1, 16_000),
                WaveBytes.integers(16, 1, 16_000),
                WaveBytes.integers(24, 1, 16_000),
                WaveBytes.integers(32, 1, 16_000),
                WaveBytes.floats(32, 1, 16_000),
                WaveBytes.floats(64, 1, 16_000));
        return plain.flatMap(coding -> Stream.of(coding, coding.asExtensible()));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void readsEveryEncodingExactly(WaveBytes coding) throws IOException {
        assertArrayEquals(SAMPLES, read(coding.write(wave, SAMPLES), 16_000));
    }

    @Test
    void mixesChannelsToTheirMean() throws IOException {
        WaveBytes.integers(24, 3, 8000).write(wave, 0.5f, 0.25f, 0, -0.5f, 0.5f, 0.75f);
        assertArrayEquals(new float[] {0.25f, 0.25f}, read(wave, 8000));
    }

    @Test
    void resamplesToTheRequestedRate() throws IOException {
        WaveBytes.floats(32, 1, 44_100).write(wave, Sounds.tone(44_100, 44_100, 440, 0.5));
        float[] samples = read(wave, 16_000);
        assertEquals(16_000, samples.length);
        float[] expected = Sounds.tone(16_000, 16_000, 440, 0.5);
        for (int i = 200; i < 15_800; i++) {
            assertEquals(expected[i], samples[i], 1e-4);
        }
    }

    @Test
    void rejectsEmptyAudio() throws IOException {
        WaveBytes.integers(16, 1, 16_000).write(wave);
        assertRejected("contains no audio: its length is zero.");
    }

    @Test
    void rejectsASampleRateOfZero() throws IOException {
        WaveBytes.integers(16, 1, 0).write(wave, SAMPLES);
        assertRejected("declares 1 channels at 0 Hz, which is not valid audio.");
    }

    @Test
    void rejectsNonFiniteSamples() throws IOException {
        float[] samples = new float[16_000];
        samples[8000] = Float.NaN;
        WaveBytes.floats(32, 1, 16_000).write(wave, samples);
        assertRejected("has a sample that is not a finite number, after 0.500 seconds.");
        samples[8000] = Float.POSITIVE_INFINITY;
        WaveBytes.floats(32, 1, 16_000).write(wave, samples);
        assertRejected("has a sample that is not a finite number, after 0.500 seconds.");
    }

    @Test
    void rejectsATruncatedFile() throws IOException {
        WaveBytes.integers(16, 1, 16_000).write(wave, 2000, SAMPLES);
        assertRejected("is truncated: it has 6 of the 1000 samples declared in its header.");
    }

    @Test
    void rejectsATruncatedHeader() throws IOException {
        byte[] whole = Files.readAllBytes(WaveBytes.integers(16, 1, 16_000).write(wave, SAMPLES));
        for (int length : new int[] {12, 20, 36, 43}) {
            Files.write(wave, Arrays.copyOf(whole, length));
            assertRejected("has a damaged header or an unsupported encoding.");
        }
    }

    @Test
    void rejectsOtherFiles() throws IOException {
        Files.writeString(wave, "Dear diary");
        assertRejected("is not a supported audio file: use WAV, AIFF or AU, or FLAC, MP3, Ogg or M4A with the bundle"
                + " org.atelier.audio.ffmpeg.");
        Files.writeString(wave, "");
        assertEquals(AtelierException.Code.INPUT_UNREADABLE, refusal().code());
        Files.delete(wave);
        assertEquals("There is no file " + wave + ".", refusal().getMessage());
    }

    @Test
    void namesTheMissingBundle() throws IOException {
        Path sounds = Path.of(System.getProperty("atelier.fixtures"), "audio");
        for (String name : new String[] {"sound.flac", "sound.mp3", "sound.ogg", "sound.m4a"}) {
            Files.write(wave, Files.readAllBytes(sounds.resolve(name)));
            String message = refusal().getMessage();
            assertTrue(
                    message.contains("needs the bundles org.atelier.audio.ffmpeg and org.atelier.libs.ffmpeg"),
                    message);
        }
    }

    private float[] read(Path file, int sampleRate) {
        try (SampleStream stream = files.open(file, sampleRate)) {
            float[] samples = new float[1 << 20];
            return Arrays.copyOf(samples, stream.readFully(samples, samples.length));
        }
    }

    private AtelierException refusal() {
        return assertThrows(AtelierException.class, () -> read(wave, 16_000));
    }

    private void assertRejected(String fault) {
        AtelierException refusal = refusal();
        assertEquals(wave + " " + fault, refusal.getMessage());
        assertEquals(AtelierException.Code.INPUT_UNREADABLE, refusal.code());
    }
}
