package org.atelier.audio;

import java.nio.file.Path;

/**
 * The input features of Whisper: the base-10 logarithm of a mel spectrogram, clamped to 8 below the maximum of the
 * whole recording and scaled by (x + 4) / 4; identical to WhisperFeatureExtractor of transformers.
 *
 * <p>A recording is read twice, first to {@link #measure} it: the first window needs the maximum, and a recording may
 * be too long for memory.
 */
public final class WhisperFeatures {

    private static final double HIGHEST_HERTZ = 8000;

    private final int sampleRate;
    private final int frameLength;
    private final int hop;
    private final int chunkSeconds;
    private final MelBank bank;

    private WhisperFeatures(PreprocessorConfig config) {
        this.sampleRate = config.integer("sampling_rate", 16_000, 1000, 400_000);
        this.frameLength = config.integer("n_fft", 400, 16, 1 << 16);
        this.hop = config.integer("hop_length", 160, 1, frameLength);
        this.chunkSeconds = config.integer("chunk_length", 30, 1, 600);
        int bands = config.integer("feature_size", 80, 1, 1024);
        this.bank = new MelBank(bands, frameLength / 2 + 1, sampleRate, 0, HIGHEST_HERTZ);
    }

    /**
     * Reads the feature configuration of a model.
     *
     * @param preprocessorConfig the model's {@code preprocessor_config.json}
     * @throws org.atelier.api.AtelierException {@code MODEL_INVALID} if the file is invalid
     */
    public static WhisperFeatures of(Path preprocessorConfig) {
        return new WhisperFeatures(PreprocessorConfig.read(preprocessorConfig));
    }

    /** The required sample rate, samples per second. */
    public int sampleRate() {
        return sampleRate;
    }

    /** The number of mel bands. */
    public int bands() {
        return bank.filters();
    }

    /** The number of frames in a window. */
    public int windowFrames() {
        return windowSamples() / hop;
    }

    /** The frame step in seconds. */
    public double frameSeconds() {
        return (double) hop / sampleRate;
    }

    /**
     * Properties of a whole recording.
     *
     * @param frames number of frames; at least one window, padded with silence
     * @param peak the largest logarithm
     * @param seconds duration without padding
     */
    public record Measure(long frames, double peak, double seconds) {}

    /** Reads a recording to its end and returns the properties that {@link #read} needs. */
    public Measure measure(SampleStream recording) {
        CountedSamples counted = new CountedSamples(recording);
        MelSpectrogram spectrogram = spectrogram(counted);
        double[] bands = new double[bands()];
        double peak = Double.NEGATIVE_INFINITY;
        double peakBeforeLast = peak;
        long frames = 0;
        while (spectrogram.next(bands)) {
            peakBeforeLast = peak;
            for (double power : bands) {
                peak = Math.max(peak, logarithm(power));
            }
            frames++;
        }
        // The frame centred on the end is dropped, as in transformers.
        return new Measure(frames - 1, peakBeforeLast, (double) counted.count() / sampleRate);
    }

    /**
     * Computes the features of a recording window by window.
     *
     * @param recording from its start
     * @param measure result of {@link #measure}
     */
    public WhisperFeatureStream read(SampleStream recording, Measure measure) {
        return new WhisperFeatureStream(spectrogram(recording), windowFrames(), measure);
    }

    static double logarithm(double power) {
        return Math.log10(Math.max(power, 1e-10));
    }

    private int windowSamples() {
        return chunkSeconds * sampleRate;
    }

    private MelSpectrogram spectrogram(SampleStream recording) {
        return new MelSpectrogram(recording, bank, frameLength, hop, windowSamples());
    }
}
