package org.atelier.api.evaluation;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.metric.Measurement;

/**
 * The results of an evaluation.
 *
 * @param folder contains a folder for each set
 * @param request with every default filled in
 * @param metrics the metrics that measured the sets, in the order of the request, else by name
 * @param findings one for each measurement of each metric, in the order of the metrics
 * @param report a self-contained HTML file
 * @param record {@code evaluation.json}: all values and their parts
 */
public record Evaluation(
        Path folder,
        AblationRequest request,
        List<UsedMetric> metrics,
        List<Finding> findings,
        Path report,
        Path record) {

    /** Makes defensive copies. */
    public Evaluation {
        metrics = List.copyOf(metrics);
        findings = List.copyOf(findings);
    }

    /**
     * A metric that measured the sets.
     *
     * @param name the metric's name
     * @param options the value of every option, by name
     * @param model the model that it used; {@code null} for a metric without a network
     */
    public record UsedMetric(String name, Map<String, Object> options, String model) {

        /** Makes defensive copies. */
        public UsedMetric {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    /**
     * One measurement over all sets.
     *
     * @param metric the metric's name
     * @param measurement the measurement's name
     * @param title for tables
     * @param direction whether lower or higher values mean greater similarity
     * @param summaries one for each variant, the unaligned one first
     */
    public record Finding(
            String metric, String measurement, String title, Measurement.Direction direction, List<Summary> summaries) {

        /** Makes defensive copies. */
        public Finding {
            summaries = List.copyOf(summaries);
        }
    }

    /**
     * One variant's values of a measurement.
     *
     * @param variant its name: {@code aligned}
     * @param mean over its sets
     * @param deviation standard deviation over its sets, unbiased; {@code null} for a single set
     * @param ratio of the mean to the unaligned sets' mean; {@code null} where that is 0
     */
    public record Summary(String variant, double mean, Double deviation, Double ratio) {}
}
