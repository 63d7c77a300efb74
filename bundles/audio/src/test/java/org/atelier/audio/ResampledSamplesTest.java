package org.atelier.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResampledSamplesTest {

    /** Samples at each end whose filter extends beyond the sound. */
    private static final double EDGE_SECONDS = 0.02;

    @ParameterizedTest
    @CsvSource({
        "44100, 16000, 6500",
        "48000, 16000, 6500",
        "8000, 16000, 3300",
        "11025, 16000, 4500",
        "22050, 48000, 9000",
        "96000, 16000, 6500",
        "192000, 16000, 6500",
        "44099, 16001, 6500",
        "16000, 8000, 3300"
    })
    void keepsFrequenciesBelowTheLowerNyquistFrequency(int from, int to, double highest) {
        for (double hertz : new double[] {100, 1000.5, highest / 2, highest}) {
            float[] resampled = resample(Sounds.tone(from, from, hertz, 0.5), from, to);
            assertEquals(to, resampled.length);
            float[] expected = Sounds.tone(to, to, hertz, 0.5);
            for (int i = (int) (EDGE_SECONDS * to); i < (1 - EDGE_SECONDS) * to; i++) {
                assertEquals(expected[i], resampled[i], 2e-4, hertz + " Hz at sample " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"44100, 16000, 8500", "44100, 16000, 15000", "48000, 16000, 20000", "96000, 16000, 12000"})
    void suppressesAliasing(int from, int to, double hertz) {
        float[] resampled = resample(Sounds.tone(from, from, hertz, 0.5), from, to);
        for (int i = (int) (EDGE_SECONDS * to); i < (1 - EDGE_SECONDS) * to; i++) {
            assertEquals(0, resampled[i], 5e-6, "sample " + i);
        }
    }

    @Test
    void doesNotDependOnTheReadSize() {
        float[] samples = Sounds.rising(30_000, 44_100);
        float[] whole = resample(samples, 44_100, 16_000);
        SampleStream stream = new ResampledSamples(SampleStream.of(samples, 44_100), 16_000);
        float[] pieces = new float[whole.length];
        int filled = 0;
        for (int length = 1; filled < pieces.length; length = length * 3 % 701 + 1) {
            int count = stream.read(pieces, filled, Math.min(length, pieces.length - filled));
            assertTrue(count > 0);
            filled += count;
        }
        assertEquals(-1, stream.read(new float[8], 0, 8));
        assertArrayEquals(whole, pieces);
    }

    @Test
    void hasTheDurationOfItsSource() {
        for (int count : new int[] {1, 2, 441, 44_099}) {
            assertEquals((int) Math.ceil(count * 160 / 441.0), resample(new float[count], 44_100, 16_000).length);
        }
    }

    private static float[] resample(float[] samples, int from, int to) {
        SampleStream stream = new ResampledSamples(SampleStream.of(samples, from), to);
        float[] resampled = new float[(int) ((long) samples.length * to / from) + 10];
        return Arrays.copyOf(resampled, stream.readFully(resampled, resampled.length));
    }
}
