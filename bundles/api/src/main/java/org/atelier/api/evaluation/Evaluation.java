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
 * @param variants in the order in which they were generated
 * @param findings one for each measurement of each metric, in the order of the metrics
 * @param report a self-contained HTML file
 * @param table {@code findings.csv}: the findings, a line for each variant of each
 * @param record {@code evaluation.json}: all values and their parts
 */
public record Evaluation(
        Path folder,
        EvaluationRequest request,
        List<UsedMetric> metrics,
        List<Variant> variants,
        List<Finding> findings,
        Path report,
        Path table,
        Path record) {

    /** Makes defensive copies. */
    public Evaluation {
        metrics = List.copyOf(metrics);
        variants = List.copyOf(variants);
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
     * One of the ways to generate a set that are compared.
     *
     * @param name in folders and records: {@code aligned}, {@code slerp-0.3}
     * @param title for tables
     * @param series what it has in common with others at other positions, such as the blend; else its title
     * @param position its place in the series, such as the weight of the first reference; {@code null} for a variant of
     *     its own
     * @param baseline the name of the variant with which its ratio compares it; its own for a baseline
     */
    public record Variant(String name, String title, String series, Double position, String baseline) {

        /** A variant of its own. */
        public static Variant single(String name, String title, String baseline) {
            return new Variant(name, title, title, null, baseline);
        }
    }

    /**
     * One measurement over all sets.
     *
     * @param metric the metric's name
     * @param measurement the measurement's name
     * @param title for tables
     * @param direction whether lower or higher values mean greater similarity
     * @param summaries one for each variant, in their order
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
     * @param mean over its sets; NaN if none has this measurement
     * @param deviation standard deviation over its sets, unbiased; {@code null} for a single set
     * @param standardError of the mean: the deviation divided by the square root of the number of sets; {@code null}
     *     for a single set
     * @param ratio of the mean to that of its baseline; {@code null} where the latter is 0 or unknown
     */
    public record Summary(String variant, double mean, Double deviation, Double standardError, Double ratio) {}
}
