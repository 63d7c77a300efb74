package org.atelier.audio;

import java.nio.file.Path;

/**
 * What Whisper hears: the base-10 logarithm of the power in mel bands, no more than 8 below the loudest of the whole
 * recording, scaled by (x + 4) / 4; as transformers' WhisperFeatureExtractor gives it.
 *
 * <p>The loudest point is needed before the first window can be made and a recording may last for hours; so it is read
 * twice, once to {@link #measure} it.
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
     * Reads how the features of a model are made.
     *
     * @param preprocessorConfig the model's {@code preprocessor_config.json}
     * @throws org.atelier.api.AtelierException {@code MODEL_INVALID} where that is none
     */
    public static WhisperFeatures of(Path preprocessorConfig) {
        return new WhisperFeatures(PreprocessorConfig.read(preprocessorConfig));
    }

    /** Samples a second that recordings must have. */
    public int sampleRate() {
        return sampleRate;
    }

    /** How many mel bands a frame has. */
    public int bands() {
        return bank.filters();
    }

    /** How many frames the network hears at once. */
    public int windowFrames() {
        return windowSamples() / hop;
    }

    /** How long a frame's step is, in seconds. */
    public double frameSeconds() {
        return (double) hop / sampleRate;
    }

    /**
     * A recording as a whole.
     *
     * @param frames how many it has; what is shorter than a window is lengthened to one with silence
     * @param peak the largest logarithm
     * @param seconds how long it lasts, without what it was lengthened by
     */
    public record Measure(long frames, double peak, double seconds) {}

    /** Reads a recording to its end and says what {@link #read} must know of it. */
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
        // The frame that is centred on the end is not heard.
        return new Measure(frames - 1, peakBeforeLast, (double) counted.count() / sampleRate);
    }

    /**
     * The features of a recording, window after window.
     *
     * @param recording from its start again
     * @param measure what {@link #measure} said of it
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
