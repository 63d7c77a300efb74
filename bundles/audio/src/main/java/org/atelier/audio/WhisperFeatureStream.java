package org.atelier.audio;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/** The features of a recording in windows that may overlap and only move forward; a window's frames are all it keeps. */
public final class WhisperFeatureStream {

    private final MelSpectrogram spectrogram;
    private final int windowFrames;
    private final WhisperFeatures.Measure measure;
    private final double[] bands;
    private final Queue<float[]> kept = new ArrayDeque<>();

    /** The frame that is first in {@link #kept}. */
    private long keptFrom;

    WhisperFeatureStream(MelSpectrogram spectrogram, int windowFrames, WhisperFeatures.Measure measure) {
        this.spectrogram = spectrogram;
        this.windowFrames = windowFrames;
        this.measure = measure;
        this.bands = new double[spectrogram.bands()];
    }

    /**
     * The window that starts at a frame.
     *
     * @param firstFrame not before that of an earlier window
     * @return (band, frame), row by row; zeros after the end of the recording, as transformers fills up a last window
     */
    public float[] window(long firstFrame) {
        if (firstFrame < keptFrom) {
            throw new IllegalArgumentException("Windows move forward: " + firstFrame + " after " + keptFrom);
        }
        while (keptFrom < firstFrame && (!kept.isEmpty() || readFrame())) {
            kept.remove();
            keptFrom++;
        }
        while (kept.size() < windowFrames && readFrame()) {
            // Reading is what the condition does.
        }
        float[] window = new float[bands.length * windowFrames];
        Iterator<float[]> frames = kept.iterator();
        for (int frame = 0; frames.hasNext(); frame++) {
            float[] column = frames.next();
            for (int band = 0; band < column.length; band++) {
                window[band * windowFrames + frame] = column[band];
            }
        }
        return window;
    }

    private boolean readFrame() {
        if (keptFrom + kept.size() >= measure.frames() || !spectrogram.next(bands)) {
            return false;
        }
        float[] frame = new float[bands.length];
        double least = measure.peak() - 8;
        for (int band = 0; band < frame.length; band++) {
            frame[band] = (float) ((Math.max(WhisperFeatures.logarithm(bands[band]), least) + 4) / 4);
        }
        kept.add(frame);
        return true;
    }
}
