package org.atelier.attention.record;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Queries or keys of one kind: of an image before and after the strategy, and of its references. They are recorded as the
 * moments of every channel, and as a histogram of the channel in which image and first reference differ most.
 */
final class FeatureMoments {

    static final String OWN = "own";
    static final String ALIGNED = "aligned";
    static final String REFERENCE = "reference-";

    private static final int BINS = 48;

    /** How many standard deviations around the mean a histogram shows. */
    private static final double DEVIATIONS = 4;

    private final Map<String, Features> features = new LinkedHashMap<>();
    private final Map<String, float[]> moments = new LinkedHashMap<>();

    void add(String name, Features added) {
        features.put(name, added);
        moments.put(name, added.moments());
    }

    /** @param kind query or key */
    void into(TensorFile file, String kind) {
        Features own = features.get(OWN);
        int count = own.heads() * own.channels();
        int shown = mostDifferent(moments.get(OWN), moments.getOrDefault(REFERENCE + 0, moments.get(OWN)));
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (float[] each : moments.values()) {
            low = Math.min(low, each[shown] - DEVIATIONS * each[count + shown]);
            high = Math.max(high, each[shown] + DEVIATIONS * each[count + shown]);
        }
        file.put(kind + ".channel", shown);
        file.put(kind + ".range", new float[] {(float) low, (float) high}, 2);
        for (Map.Entry<String, Features> entry : features.entrySet()) {
            String name = kind + "." + entry.getKey();
            file.put(name + ".moments", moments.get(entry.getKey()), 2, own.heads(), own.channels());
            file.put(name + ".histogram", entry.getValue().histogram(shown, low, high, BINS), BINS);
        }
    }

    /** The channel whose means differ most, in units of the deviations. */
    private static int mostDifferent(float[] own, float[] reference) {
        int count = own.length / 2;
        double[] differences = IntStream.range(0, count)
                .mapToDouble(channel -> Math.abs(own[channel] - reference[channel])
                        / (own[count + channel] + reference[count + channel]))
                .toArray();
        double largest = Arrays.stream(differences).max().orElseThrow();
        return IntStream.range(0, count)
                .filter(channel -> differences[channel] == largest)
                .findFirst()
                .orElse(0);
    }
}
