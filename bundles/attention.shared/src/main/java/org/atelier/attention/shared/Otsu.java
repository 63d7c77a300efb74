package org.atelier.attention.shared;

import java.util.Arrays;

/**
 * Otsu's threshold: of all ways to divide values into low and high ones, the one with the largest variance between both
 * classes. Otsu 1979, A Threshold Selection Method from Gray-Level Histograms; without a histogram.
 */
final class Otsu {

    private Otsu() {}

    /** Returns the largest of the low values, of which there is at least one. */
    static float threshold(float[] values) {
        float[] ascending = values.clone();
        Arrays.sort(ascending);
        double total = 0;
        for (float value : ascending) {
            total += value;
        }
        int count = ascending.length;
        float threshold = ascending[count - 1];
        double largest = 0;
        double sum = 0;
        for (int low = 1; low < count; low++) {
            sum += ascending[low - 1];
            double difference = (total - sum) / (count - low) - sum / low;
            double variance = difference * difference * low * (count - low);
            if (variance > largest) {
                largest = variance;
                threshold = ascending[low - 1];
            }
        }
        return threshold;
    }
}
