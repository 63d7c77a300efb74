package org.atelier.evaluation;

import java.util.Arrays;

/** The values of one measurement for the sets of one variant. */
final class Sample {

    private final double[] values;

    Sample(double... values) {
        this.values = values.clone();
    }

    /** NaN without values. */
    double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The unbiased standard deviation; {@code null} for fewer than two values. */
    Double deviation() {
        if (values.length < 2) {
            return null;
        }
        double mean = mean();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    /** The standard error of the mean; {@code null} for fewer than two values. */
    Double standardError() {
        Double deviation = deviation();
        return deviation == null ? null : deviation / Math.sqrt(values.length);
    }

    /** The ratio of the means; {@code null} if the baseline's is 0 or unknown, or this one is. */
    Double ratioTo(Sample baseline) {
        double ratio = mean() / baseline.mean();
        return Double.isFinite(ratio) ? ratio : null;
    }
}
