package org.atelier.audio;

/** Counts the samples that are read from another stream. */
final class CountedSamples implements SampleStream {

    private final SampleStream source;
    private long count;

    CountedSamples(SampleStream source) {
        this.source = source;
    }

    long count() {
        return count;
    }

    @Override
    public int sampleRate() {
        return source.sampleRate();
    }

    @Override
    public int read(float[] samples, int offset, int length) {
        int read = source.read(samples, offset, length);
        count += Math.max(0, read);
        return read;
    }

    @Override
    public void close() {
        source.close();
    }
}
