package org.atelier.context.music;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** The sounds of {@code music_fixtures.py}, as WAV files of 8 kHz. */
final class Sounds {

    static final int SAMPLE_RATE = 8000;

    private Sounds() {}

    /** A square and a triangle wave with noise; every second one is silent for a tenth of its length. */
    static short[] sound(int number, int count) {
        long state = number + 1L;
        int half = 4 + 3 * number;
        int period = 160 - 15 * number;
        int loud = 200 + 400 * (number % 3);
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            state = (state * 1664525 + 1013904223) % (1L << 32);
            int square = i / half % 2 * 6000 - 3000;
            int triangle = Math.abs(i % period - period / 2) * 8000 / period - 2000;
            int noise = (int) ((state >> 16) % (2L * loud)) - loud;
            boolean silent = number % 2 == 1 && 6 * count / 10 <= i && i < 7 * count / 10;
            samples[i] = (short) (silent ? 0 : square + triangle + noise);
        }
        return samples;
    }

    static Path write(Path file, short... samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        AudioFormat format = new AudioFormat(SAMPLE_RATE, 16, 1, true, false);
        try (AudioInputStream sound =
                new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples.length)) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
        }
        return file;
    }
}
