package org.atelier.api.evaluation;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.metric.Measurement;

/**
 * What was measured, and where it is reported.
 *
 * @param folder with a folder for each set
 * @param request what was compared, with every default filled in
 * @param metrics what the sets were measured with, in the order of the request, else of their names
 * @param findings a row for each measurement of each metric, in the order of the metrics
 * @param report one HTML file that needs no other
 * @param record {@code evaluation.json}: all numbers with their parts
 */
public record Evaluation(
        Path folder,
        AblationRequest request,
        List<UsedMetric> metrics,
        List<Finding> findings,
        Path report,
        Path record) {

    /** Copies what could be changed from outside. */
    public Evaluation {
        metrics = List.copyOf(metrics);
        findings = List.copyOf(findings);
    }

    /**
     * A metric that measured the sets.
     *
     * @param name the metric's name
     * @param options the value of every option, by the user's names
     * @param model the model that it ran; {@code null} for a metric without a network
     */
    public record UsedMetric(String name, Map<String, Object> options, String model) {

        /** Copies what could be changed from outside. */
        public UsedMetric {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    /**
     * One measurement over all sets.
     *
     * @param metric the metric's name
     * @param measurement the measurement's name
     * @param title what a table says
     * @param direction whether a low or a high value means more alike
     * @param summaries one for each variant, the unaligned first
     */
    public record Finding(
            String metric, String measurement, String title, Measurement.Direction direction, List<Summary> summaries) {

        /** Copies what could be changed from outside. */
        public Finding {
            summaries = List.copyOf(summaries);
        }
    }

    /**
     * One variant's values of a measurement.
     *
     * @param variant its name: {@code aligned}
     * @param mean over its sets
     * @param deviation between its sets, unbiased; {@code null} for a single set
     * @param ratio of the mean to the unaligned sets' mean; {@code null} where that is 0
     */
    public record Summary(String variant, double mean, Double deviation, Double ratio) {}
}
