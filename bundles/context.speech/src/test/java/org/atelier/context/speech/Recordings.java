package org.atelier.context.speech;

import java.nio.file.Path;
import org.atelier.audio.AudioFiles;
import org.atelier.audio.SampleStream;

/** The sounds of {@code whisper_fixtures.py}; a file's name is the sound's number and its length in samples. */
final class Recordings implements AudioFiles {

    static final int SAMPLE_RATE = 8000;

    static Path name(int number, int samples) {
        return Path.of(number + "-" + samples);
    }

    @Override
    public SampleStream open(Path file, int sampleRate) {
        String[] parts = file.toString().split("-", 2);
        float[] samples = sound(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        return SampleStream.of(samples, SAMPLE_RATE);
    }

    /** Tones that change four times a second, noise, and a pause. */
    private static float[] sound(int number, int count) {
        float[] samples = new float[count];
        long state = number + 1L;
        for (int i = 0; i < count; i++) {
            state = (state * 1_664_525 + 1_013_904_223) % (1L << 32);
            int note = (i / 2000 * 7 + number * 5) % 23;
            double tone = Math.sin(2 * Math.PI * (120 + 90 * note) * i / SAMPLE_RATE);
            boolean pause = i >= count / 2 && i < count * 5 / 8;
            samples[i] = pause ? 0 : (float) (0.3 * tone + 0.02 * (state / (double) (1L << 31) - 1));
        }
        return samples;
    }
}
