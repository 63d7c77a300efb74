package org.atelier.audio;

/**
 * A stream lengthened with silence to a least length, then mirrored at both ends without repeating the outermost sample:
 * what a centred Fourier transform looks at.
 */
final class ReflectedSamples {

    private final SampleStream source;
    private final int margin;
    private final long leastLength;
    /** The samples next to be read from {@link #nextReady} on: mirrored ones and the first, or at the end the mirrored last. */
    private float[] ready;

    private int nextReady;
    /** The last samples that were handed out, the newest at the end. */
    private final float[] recent;

    private long length;
    private boolean sourceEnded;
    private boolean mirrored;

    /** @param margin how many samples each end is lengthened by */
    ReflectedSamples(SampleStream source, int margin, long leastLength) {
        this.source = source;
        this.margin = margin;
        this.leastLength = Math.max(leastLength, margin + 1L);
        this.recent = new float[margin + 1];
        this.ready = start();
    }

    /** How many samples there were, silence included, the mirrored ones not; known at the end. */
    long length() {
        return length;
    }

    /** Fills {@code samples} from {@code offset} on; false where there are too few left for it. */
    boolean fill(float[] samples, int offset) {
        int at = offset;
        while (at < samples.length) {
            if (nextReady < ready.length) {
                samples[at++] = ready[nextReady++];
            } else if (mirrored) {
                return false;
            } else {
                int count = readSource(samples, at, samples.length - at);
                remember(samples, at, count);
                at += count;
                if (count == 0) {
                    ready = end();
                    nextReady = 0;
                    mirrored = true;
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

    /** Samples of the source, then silence up to the least length; 0 after that. */
    private int readSource(float[] samples, int offset, int wanted) {
        int count = sourceEnded ? -1 : source.read(samples, offset, wanted);
        if (count < 0) {
            sourceEnded = true;
            count = (int) Math.min(wanted, Math.max(0, leastLength - length));
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
