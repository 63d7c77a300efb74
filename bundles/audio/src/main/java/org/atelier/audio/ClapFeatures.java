package org.atelier.audio;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * The input features of CLAP: a mel spectrogram in decibels, identical to ClapFeatureExtractor of transformers for
 * models with one window ({@code rand_trunc}).
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
            throw config.invalid("padding \"" + padding + "\" is not supported; use repeatpad or pad");
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
     * Reads the feature configuration of a model.
     *
     * @param preprocessorConfig the model's {@code preprocessor_config.json}
     * @throws org.atelier.api.AtelierException {@code MODEL_INVALID} if the file is invalid
     */
    public static ClapFeatures of(Path preprocessorConfig) {
        return new ClapFeatures(PreprocessorConfig.read(preprocessorConfig));
    }

    /** The required sample rate, samples per second. */
    public int sampleRate() {
        return sampleRate;
    }

    /** The number of samples in a window. */
    public int windowSamples() {
        return windowSamples;
    }

    /** The number of mel bands. */
    public int bands() {
        return bank.filters();
    }

    /** The number of frames in a window. */
    public int windowFrames() {
        return windowSamples / hop + 1;
    }

    /**
     * The features of a window.
     *
     * @param samples 1 to {@link #windowSamples} samples; shorter input is repeated as often as it fits completely, if
     *     the model requires it, then padded with silence
     * @return (frame, band), row by row
     */
    public float[] window(float[] samples) {
        if (samples.length == 0 || samples.length > windowSamples) {
            throw new IllegalArgumentException(samples.length + " samples do not fit in a window of " + windowSamples);
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
