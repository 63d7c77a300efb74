package org.atelier.audio;

import java.util.Arrays;

/** Resamples another stream with a windowed sinc filter. */
final class ResampledSamples implements SampleStream {

    private final SampleStream source;
    private final int sampleRate;
    private final SincFilter filter;
    private final float[] history;

    /** The source index of {@code history[0]}; negative before the start, where all samples are 0. */
    private long historyStart;

    private int historyEnd;
    private boolean ended;
    private long sourceLength;
    private long produced;

    ResampledSamples(SampleStream source, int sampleRate) {
        this.source = source;
        this.sampleRate = sampleRate;
        this.filter = SincFilter.between(source.sampleRate(), sampleRate);
        this.history = new float[Math.max(8192, 4 * filter.taps())];
        this.historyStart = -filter.taps();
        this.historyEnd = filter.taps();
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int read(float[] samples, int offset, int length) {
        int count = 0;
        while (count < length) {
            long first = filter.firstSample(produced);
            fillUntil(first + filter.taps());
            // The output has the duration of the source, rounded up.
            if (ended && filter.position(produced) >= sourceLength) {
                break;
            }
            samples[offset + count] = filter.apply(history, (int) (first - historyStart), produced);
            count++;
            produced++;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public void close() {
        source.close();
    }

    /** Reads the samples before {@code end}; after the end of the source they are 0. */
    private void fillUntil(long end) {
        if (end <= historyStart + historyEnd) {
            return;
        }
        long keepFrom = filter.firstSample(produced);
        int keep = (int) (historyStart + historyEnd - keepFrom);
        System.arraycopy(history, historyEnd - keep, history, 0, keep);
        historyStart = keepFrom;
        historyEnd = keep;
        while (historyStart + historyEnd < end) {
            int count = ended ? -1 : source.read(history, historyEnd, history.length - historyEnd);
            if (count >= 0) {
                historyEnd += count;
                continue;
            }
            if (!ended) {
                ended = true;
                sourceLength = historyStart + historyEnd;
            }
            Arrays.fill(history, historyEnd, history.length, 0);
            historyEnd = history.length;
        }
    }
}
