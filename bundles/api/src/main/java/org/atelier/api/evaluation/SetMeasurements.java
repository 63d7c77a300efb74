package org.atelier.api.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.metric.Measurement;

/**
 * What metrics measured of existing images.
 *
 * @param images the measured images, absolute, in the order of the indices in the parts
 * @param metrics the metrics that measured, in the order of the request, else by name
 * @param measurements in the order of the metrics
 */
public record SetMeasurements(List<Path> images, List<UsedMetric> metrics, List<MetricMeasurement> measurements) {

    /** Makes defensive copies. */
    public SetMeasurements {
        images = List.copyOf(images);
        metrics = List.copyOf(metrics);
        measurements = List.copyOf(measurements);
    }

    /**
     * A measurement of a metric.
     *
     * @param metric the metric's name
     * @param measurement its value and parts
     */
    public record MetricMeasurement(String metric, Measurement measurement) {}
}
