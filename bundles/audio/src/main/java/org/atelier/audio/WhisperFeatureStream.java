package org.atelier.audio;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/** The features of a recording in windows, which may overlap and only move forward. Memory holds one window. */
public final class WhisperFeatureStream {

    private final MelSpectrogram spectrogram;
    private final int windowFrames;
    private final WhisperFeatures.Measure measure;
    private final double[] bands;
    private final Queue<float[]> buffered = new ArrayDeque<>();

    /** The index of the first frame in {@link #buffered}. */
    private long firstBuffered;

    WhisperFeatureStream(MelSpectrogram spectrogram, int windowFrames, WhisperFeatures.Measure measure) {
        this.spectrogram = spectrogram;
        this.windowFrames = windowFrames;
        this.measure = measure;
        this.bands = new double[spectrogram.bands()];
    }

    /**
     * Returns the window that starts at a frame.
     *
     * @param firstFrame not less than in an earlier call
     * @return (band, frame) in row-major order; zeros after the end of the recording, as in transformers
     */
    public float[] window(long firstFrame) {
        if (firstFrame < firstBuffered) {
            throw new IllegalArgumentException("Windows must move forward: " + firstFrame + " after " + firstBuffered);
        }
        while (firstBuffered < firstFrame && (!buffered.isEmpty() || readFrame())) {
            buffered.remove();
            firstBuffered++;
        }
        while (buffered.size() < windowFrames && readFrame()) {
            // The condition reads the frame.
        }
        float[] window = new float[bands.length * windowFrames];
        Iterator<float[]> frames = buffered.iterator();
        for (int frame = 0; frames.hasNext(); frame++) {
            float[] column = frames.next();
            for (int band = 0; band < column.length; band++) {
                window[band * windowFrames + frame] = column[band];
            }
        }
        return window;
    }

    private boolean readFrame() {
        if (firstBuffered + buffered.size() >= measure.frames() || !spectrogram.next(bands)) {
            return false;
        }
        float[] frame = new float[bands.length];
        double min = measure.peak() - 8;
        for (int band = 0; band < frame.length; band++) {
            frame[band] = (float) ((Math.max(WhisperFeatures.logarithm(bands[band]), min) + 4) / 4);
        }
        buffered.add(frame);
        return true;
    }
}
