package org.atelier.evaluation;

import java.util.List;
import org.atelier.api.evaluation.Evaluation.Summary;

/**
 * Maps values to pixels of a plot.
 *
 * @param low the value at the start
 * @param high the value at the end
 * @param start the pixel of the lowest value
 * @param end the pixel of the highest value, which may be the smaller number
 */
record Axis(double low, double high, double start, double end) {

    private static final double MARGIN = 0.08;

    /** An axis on which all means and their standard errors lie; not from 0, because the differences matter. */
    static Axis of(List<Summary> summaries, double start, double end) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Summary summary : summaries) {
            if (!Double.isNaN(summary.mean())) {
                double error = summary.standardError() == null ? 0 : summary.standardError();
                low = Math.min(low, summary.mean() - error);
                high = Math.max(high, summary.mean() + error);
            }
        }
        if (low > high) {
            return new Axis(0, 1, start, end);
        }
        double span = high > low ? high - low : Math.max(Math.abs(high), 1);
        return new Axis(low - MARGIN * span, high + MARGIN * span, start, end);
    }

    double pixel(double value) {
        return start + (value - low) / (high - low) * (end - start);
    }
}
