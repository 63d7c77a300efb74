package org.atelier.audio;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * What CLAP hears of a few seconds: the power in mel bands in decibels; as transformers' ClapFeatureExtractor gives it
 * for models that take one window ({@code rand_trunc}).
 */
public final class ClapFeatures {

    private final int sampleRate;
    private final int frameLength;
    private final int hop;
    private final int windowSamples;
    private final boolean repeats;
    private final MelBank bank;

    private ClapFeatures(PreprocessorConfig config) {
        this.sampleRate = config.integer("sampling_rate", 48_000, 1000, 400_000);
        this.frameLength = config.integer("fft_window_size", 1024, 16, 1 << 16);
        this.hop = config.integer("hop_length", 480, 1, frameLength);
        this.windowSamples = config.integer("max_length_s", 10, 1, 600) * sampleRate;
        String padding = config.text("padding", "repeatpad");
        if (!padding.equals("repeatpad") && !padding.equals("pad")) {
            throw config.invalid("padding \"" + padding + "\" is not known; repeatpad and pad are");
        }
        this.repeats = padding.equals("repeatpad");
        this.bank = new MelBank(
                config.integer("feature_size", 64, 1, 1024),
                frameLength / 2 + 1,
                sampleRate,
                config.number("frequency_min", 0),
                config.number("frequency_max", 14_000));
    }

    /**
     * Reads how the features of a model are made.
     *
     * @param preprocessorConfig the model's {@code preprocessor_config.json}
     * @throws org.atelier.api.AtelierException {@code MODEL_INVALID} where that is none
     */
    public static ClapFeatures of(Path preprocessorConfig) {
        return new ClapFeatures(PreprocessorConfig.read(preprocessorConfig));
    }

    /** Samples a second that recordings must have. */
    public int sampleRate() {
        return sampleRate;
    }

    /** How many samples the network hears at once. */
    public int windowSamples() {
        return windowSamples;
    }

    /** How many mel bands a frame has. */
    public int bands() {
        return bank.filters();
    }

    /** How many frames the network hears at once. */
    public int windowFrames() {
        return windowSamples / hop + 1;
    }

    /**
     * The features of a window.
     *
     * @param samples one to {@link #windowSamples} of them; fewer are repeated as often as they fit whole, where the
     *     model wants that, then followed by silence
     * @return (frame, band), row by row
     */
    public float[] window(float[] samples) {
        if (samples.length == 0 || samples.length > windowSamples) {
            throw new IllegalArgumentException(samples.length + " samples are no window of " + windowSamples);
        }
        float[] filled = Arrays.copyOf(samples, windowSamples);
        if (repeats) {
            for (int end = 2 * samples.length; end <= windowSamples; end += samples.length) {
                System.arraycopy(samples, 0, filled, end - samples.length, samples.length);
            }
        }
        MelSpectrogram spectrogram =
                new MelSpectrogram(SampleStream.of(filled, sampleRate), bank, frameLength, hop, windowSamples);
        float[] features = new float[windowFrames() * bands()];
        double[] power = new double[bands()];
        for (int at = 0; spectrogram.next(power); at += power.length) {
            for (int band = 0; band < power.length; band++) {
                features[at + band] = (float) (10 * WhisperFeatures.logarithm(power[band]));
            }
        }
        return features;
    }
}
