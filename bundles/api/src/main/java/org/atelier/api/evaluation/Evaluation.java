package org.atelier.api.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.metric.Measurement;

/**
 * What was found, and where it is told.
 *
 * @param folder with a folder for each set
 * @param request what was compared, nothing left open
 * @param findings a row for each figure of each metric, in the order of the metrics' names
 * @param report one HTML file that needs no other
 * @param record {@code evaluation.json}: all numbers with their parts
 */
public record Evaluation(Path folder, AblationRequest request, List<Finding> findings, Path report, Path record) {

    /** Copies what could be changed from outside. */
    public Evaluation {
        findings = List.copyOf(findings);
    }

    /**
     * One figure over all sets.
     *
     * @param metric the metric's name
     * @param figure the figure's name
     * @param title what a table says
     * @param sense whether low or high means more alike
     * @param summaries one for each variant, the unaligned first
     */
    public record Finding(
            String metric, String figure, String title, Measurement.Sense sense, List<Summary> summaries) {

        /** Copies what could be changed from outside. */
        public Finding {
            summaries = List.copyOf(summaries);
        }
    }

    /**
     * One variant's values of a figure.
     *
     * @param variant its name: {@code aligned}
     * @param mean over its sets
     * @param deviation between its sets, unbiased; {@code null} for a single set
     * @param ratio of the mean to the unaligned sets' mean; {@code null} where that is 0
     */
    public record Summary(String variant, double mean, Double deviation, Double ratio) {}
}
