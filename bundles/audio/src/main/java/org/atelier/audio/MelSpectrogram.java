package org.atelier.audio;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * A mel power spectrogram, computed frame by frame: a centred short-time Fourier transform with a periodic Hann window.
 */
final class MelSpectrogram {

    private final ReflectedSamples samples;
    private final MelBank bank;
    private final int hop;
    private final DoubleFFT_1D transform;
    private final double[] window;
    private final float[] frame;
    private final double[] work;
    private final double[] power;

    private boolean started;

    /** @param minLength in samples; shorter input is padded with silence */
    MelSpectrogram(SampleStream source, MelBank bank, int frameLength, int hop, long minLength) {
        this.samples = new ReflectedSamples(source, frameLength / 2, minLength);
        this.bank = bank;
        this.hop = hop;
        this.transform = new DoubleFFT_1D(frameLength);
        this.window = new double[frameLength];
        for (int i = 0; i < frameLength; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / frameLength);
        }
        this.frame = new float[frameLength];
        this.work = new double[frameLength];
        this.power = new double[frameLength / 2 + 1];
    }

    /** The number of bands. */
    int bands() {
        return bank.filters();
    }

    /** Computes the bands of the next frame; returns false at the end. */
    boolean next(double[] bands) {
        int overlap = started ? frame.length - hop : 0;
        System.arraycopy(frame, frame.length - overlap, frame, 0, overlap);
        started = true;
        if (!samples.fill(frame, overlap)) {
            return false;
        }
        for (int i = 0; i < frame.length; i++) {
            work[i] = frame[i] * window[i];
        }
        transform.realForward(work);
        // Real parts at even indices, imaginary parts at odd ones; index 1 has the real part of the last frequency.
        int last = power.length - 1;
        power[0] = work[0] * work[0];
        for (int k = 1; k < last; k++) {
            power[k] = work[2 * k] * work[2 * k] + work[2 * k + 1] * work[2 * k + 1];
        }
        power[last] = work[1] * work[1];
        for (int band = 0; band < bank.filters(); band++) {
            bands[band] = bank.apply(band, power);
        }
        return true;
    }
}
