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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WhisperFeaturesTest {

    @TempDir
    private Path folder;

    static Stream<FeatureFixture> fixtures() throws IOException {
        return FeatureFixture.all("whisper");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void areThoseOfTransformers(FeatureFixture fixture) throws IOException {
        WhisperFeatures features = WhisperFeatures.of(fixture.writeConfig(folder));
        float[] samples = Sounds.rising(fixture.samples(), features.sampleRate());
        WhisperFeatures.Measure measure = features.measure(stream(samples, features));
        assertEquals(fixture.columns(), measure.frames());
        assertEquals(samples.length / (double) features.sampleRate(), measure.seconds());

        WhisperFeatureStream stream = features.read(stream(samples, features), measure);
        float[] whole = new float[fixture.rows() * fixture.columns()];
        for (int start = 0; start < fixture.columns(); start += features.windowFrames()) {
            float[] window = stream.window(start);
            int width = Math.min(features.windowFrames(), fixture.columns() - start);
            for (int band = 0; band < features.bands(); band++) {
                System.arraycopy(
                        window, band * features.windowFrames(), whole, band * fixture.columns() + start, width);
            }
        }
        fixture.assertNear(whole);
    }

    @Test
    void windowsMayOverlapAndEndWithZeros() throws IOException {
        WhisperFeatures features = tiny();
        float[] samples = Sounds.rising(40_000, features.sampleRate());
        WhisperFeatures.Measure measure = features.measure(stream(samples, features));
        WhisperFeatureStream stream = features.read(stream(samples, features), measure);
        float[] early = stream.window(100);
        float[] later = stream.window(150);
        float[] last = stream.window(450);
        for (int band = 0; band < features.bands(); band++) {
            int row = band * features.windowFrames();
            assertArrayEquals(
                    Arrays.copyOfRange(early, row + 50, row + 200), Arrays.copyOfRange(later, row, row + 150));
            assertArrayEquals(new float[150], Arrays.copyOfRange(last, row + 50, row + 200));
            assertTrue(last[row + 49] != 0);
        }
        assertThrows(IllegalArgumentException.class, () -> stream.window(449));
    }

    @Test
    void aWindowAfterTheEndIsZero() throws IOException {
        WhisperFeatures features = tiny();
        float[] samples = Sounds.rising(40_000, features.sampleRate());
        WhisperFeatures.Measure measure = features.measure(stream(samples, features));
        float[] window = features.read(stream(samples, features), measure).window(10_000);
        assertArrayEquals(new float[features.bands() * features.windowFrames()], window);
    }

    @Test
    void streamsTwoHoursInBoundedMemory() throws IOException {
        WhisperFeatures features = WhisperFeatures.of(
                Files.writeString(
                        folder.resolve("preprocessor_config.json"),
                        "{\"sampling_rate\": 8000, \"n_fft\": 400, \"hop_length\": 400, \"feature_size\": 80, \"chunk_length\": 2}"));
        SilentHours recording = new SilentHours(features.sampleRate());
        SampleStream mono = new MonoSamples(folder, recording);
        WhisperFeatures.Measure measure = features.measure(mono);
        assertEquals(7200, measure.seconds());

        long before = usedMemory();
        WhisperFeatureStream stream = features.read(new MonoSamples(folder, new SilentHours(8000)), measure);
        for (long start = 0; start < measure.frames(); start += features.windowFrames()) {
            stream.window(start);
        }
        assertTrue(usedMemory() - before < 16L << 20, "16 MiB more than before; the features alone are 46 MB");
        assertEquals(0, stream.window(measure.frames())[0], "nothing comes after the end");
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Two hours of silence. */
    private static final class SilentHours implements DecodedAudio {

        private final int sampleRate;
        private long left;

        SilentHours(int sampleRate) {
            this.sampleRate = sampleRate;
            this.left = 7200L * sampleRate;
        }

        @Override
        public int sampleRate() {
            return sampleRate;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int read(float[] interleaved) {
            int count = (int) Math.min(left, interleaved.length);
            left -= count;
            return count == 0 ? -1 : count;
        }

        @Override
        public void close() {
            left = 0;
        }
    }

    @Test
    void rejectsAnInvalidConfiguration() throws IOException {
        Path config = Files.writeString(folder.resolve("preprocessor_config.json"), "{\"hop_length\": 0}");
        String message = assertThrows(AtelierException.class, () -> WhisperFeatures.of(config))
                .getMessage();
        assertTrue(message.endsWith("hop_length is 0.0 and must be a whole number from 1 to 400."), message);
        Files.writeString(config, "not json {");
        assertEquals(
                AtelierException.Code.MODEL_INVALID,
                assertThrows(AtelierException.class, () -> WhisperFeatures.of(config))
                        .code());
    }

    private WhisperFeatures tiny() throws IOException {
        return WhisperFeatures.of(
                Files.writeString(
                        folder.resolve("preprocessor_config.json"),
                        "{\"sampling_rate\": 8000, \"n_fft\": 200, \"hop_length\": 80, \"feature_size\": 16, \"chunk_length\": 2}"));
    }

    private static SampleStream stream(float[] samples, WhisperFeatures features) {
        return SampleStream.of(samples, features.sampleRate());
    }
}
