package org.atelier.attention.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Queries or keys of one image on the Java heap. */
final class Features {

    /** Of AdaIN's variance. */
    private static final double EPSILON = 1e-5;

    private final int heads;
    private final int tokens;
    private final int channels;
    private final float[] values;

    /** @param values (head, token, channel) in row-major order */
    private Features(int heads, int tokens, int channels, float[] values) {
        this.heads = heads;
        this.tokens = tokens;
        this.channels = channels;
        this.values = values;
    }

    /** @param features (1, head, token, channel) */
    static Features of(NDArray features) {
        Shape shape = features.getShape();
        return new Features((int) shape.get(1), (int) shape.get(2), (int) shape.get(3), floats(features));
    }

    /**
     * Copies values as float32. The product with a float32 vector promotes those of a lower precision, which no DJL call
     * that takes a data type could do.
     */
    static float[] floats(NDArray array) {
        NDManager manager = array.getManager();
        return array.mul(manager.create(new float[] {1})).toFloatArray();
    }

    int heads() {
        return heads;
    }

    /** Number of channels of a head. */
    int channels() {
        return channels;
    }

    /**
     * The mean of every channel over tokens, then its standard deviation as AdaIN computes it.
     *
     * @return (2, head, channel)
     */
    float[] moments() {
        int count = heads * channels;
        float[] moments = new float[2 * count];
        for (int head = 0; head < heads; head++) {
            for (int channel = 0; channel < channels; channel++) {
                double mean = 0;
                for (int token = 0; token < tokens; token++) {
                    mean += at(head, token, channel);
                }
                mean /= tokens;
                double squares = 0;
                for (int token = 0; token < tokens; token++) {
                    double centred = at(head, token, channel) - mean;
                    squares += centred * centred;
                }
                int index = head * channels + channel;
                moments[index] = (float) mean;
                moments[count + index] = (float) Math.sqrt(squares / Math.max(1, tokens - 1) + EPSILON);
            }
        }
        return moments;
    }

    private float at(int head, int token, int channel) {
        return values[(head * tokens + token) * channels + channel];
    }

    /**
     * Counts the values of one channel.
     *
     * @param index head · channels + channel
     * @param low the start of the first bin; lower values are in it too
     * @param high the end of the last bin; higher values are in it too
     * @return the share of the tokens in each bin
     */
    float[] histogram(int index, double low, double high, int bins) {
        float[] shares = new float[bins];
        for (int token = 0; token < tokens; token++) {
            double position = (at(index / channels, token, index % channels) - low) / (high - low);
            int bin = (int) Math.max(0, Math.min(bins - 1, Math.floor(position * bins)));
            shares[bin] += 1f / tokens;
        }
        return shares;
    }
}
