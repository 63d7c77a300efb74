package org.atelier.audio;

/** Synthetic sounds, the same as in {@code audio_fixtures.py}. */
final class Sounds {

    private Sounds() {}

    /** A chirp with some noise, silent from 0.6 to 0.7 of its duration. */
    static float[] rising(int count, int rate) {
        float[] samples = new float[count];
        long state = 1;
        for (int i = 0; i < count; i++) {
            state = (state * 1_664_525 + 1_013_904_223) % (1L << 32);
            double noise = state / (double) (1L << 31) - 1;
            double t = (double) i / rate;
            double seconds = Math.max(1, (double) count / rate);
            double tone = Math.sin(2 * Math.PI * (100 * t + 150 * t * t / seconds));
            boolean silent = i >= 6L * count / 10 && i < 7L * count / 10;
            samples[i] = silent ? 0 : (float) (0.4 * tone + 0.05 * noise);
        }
        return samples;
    }

    /** 440 Hz, and 3 kHz with a linear fade-in. */
    static float[] twoTones(int count, int rate) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            double t = (double) i / rate;
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * t)
                    + 0.25 * Math.sin(2 * Math.PI * 3000 * t) * ((double) i / count));
        }
        return samples;
    }

    /** A constant tone. */
    static float[] tone(int count, int rate, double hertz, double loudness) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) (loudness * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return samples;
    }
}
