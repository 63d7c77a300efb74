package org.atelier.audio;

/**
 * A stream padded with silence to a minimum length, then reflected at both ends without repeating the outermost sample,
 * as for a centred Fourier transform.
 */
final class ReflectedSamples {

    private final SampleStream source;
    private final int margin;
    private final long minLength;
    /** The buffered samples to return next, from {@link #nextReady} on: the reflected start, or the reflected end. */
    private float[] ready;

    private int nextReady;
    /** The last returned samples, the newest at the end. */
    private final float[] recent;

    private long length;
    private boolean sourceEnded;
    private boolean reflected;

    /** @param margin number of reflected samples at each end */
    ReflectedSamples(SampleStream source, int margin, long minLength) {
        this.source = source;
        this.margin = margin;
        this.minLength = Math.max(minLength, margin + 1L);
        this.recent = new float[margin + 1];
        this.ready = start();
    }

    /** The number of samples including silence but without the reflected ones; known at the end. */
    long length() {
        return length;
    }

    /** Fills {@code samples} from {@code offset} on; returns false if too few are left. */
    boolean fill(float[] samples, int offset) {
        int at = offset;
        while (at < samples.length) {
            if (nextReady < ready.length) {
                samples[at++] = ready[nextReady++];
            } else if (reflected) {
                return false;
            } else {
                int count = readSource(samples, at, samples.length - at);
                remember(samples, at, count);
                at += count;
                if (count == 0) {
                    ready = end();
                    nextReady = 0;
                    reflected = true;
                }
            }
        }
        return true;
    }

    private float[] start() {
        float[] head = new float[margin + 1];
        int count = 0;
        while (count < head.length) {
            count += readSource(head, count, head.length - count);
        }
        remember(head, 0, head.length);
        float[] both = new float[2 * margin + 1];
        for (int i = 0; i < margin; i++) {
            both[i] = head[margin - i];
        }
        System.arraycopy(head, 0, both, margin, head.length);
        return both;
    }

    private float[] end() {
        float[] tail = new float[margin];
        for (int i = 0; i < margin; i++) {
            tail[i] = recent[margin - 1 - i];
        }
        return tail;
    }

    /** Reads samples of the source, then silence up to the minimum length; 0 after that. */
    private int readSource(float[] samples, int offset, int wanted) {
        int count = sourceEnded ? -1 : source.read(samples, offset, wanted);
        if (count < 0) {
            sourceEnded = true;
            count = (int) Math.min(wanted, Math.max(0, minLength - length));
            for (int i = 0; i < count; i++) {
                samples[offset + i] = 0;
            }
        }
        length += count;
        return count;
    }

    private void remember(float[] samples, int offset, int count) {
        if (count >= recent.length) {
            System.arraycopy(samples, offset + count - recent.length, recent, 0, recent.length);
        } else {
            System.arraycopy(recent, count, recent, 0, recent.length - count);
            System.arraycopy(samples, offset, recent, recent.length - count, count);
        }
    }
}
