package org.atelier.audio;

/** Samples in memory. */
final class ArraySamples implements SampleStream {

    private final float[] samples;
    private final int sampleRate;
    private int next;

    ArraySamples(float[] samples, int sampleRate) {
        this.samples = samples;
        this.sampleRate = sampleRate;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int read(float[] into, int offset, int length) {
        if (next == samples.length) {
            return -1;
        }
        int count = Math.min(length, samples.length - next);
        System.arraycopy(samples, next, into, offset, count);
        next += count;
        return count;
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
