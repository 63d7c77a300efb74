package org.atelier.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.metric.MetricSelection;
import picocli.CommandLine.Option;

/** What sets are measured with. */
public final class MetricOptions {

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "A metric to measure with; repeatable. Default: every installed one that can measure.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--metric-option",
            paramLabel = "NAME.KEY=VALUE",
            description = "An option of a metric that is given; repeatable. An unknown key lists the known ones.")
    private Map<String, String> options = new LinkedHashMap<>();

    /** In the order in which they are given; none for every installed metric. */
    public List<MetricSelection> selections() {
        Map<String, Map<String, Object>> byMetric = KindOptions.sorted(
                options, names, "--metric-option takes NAME.KEY=VALUE for a metric that is given by --metric");
        return names.stream()
                .map(name -> new MetricSelection(name, byMetric.getOrDefault(name, Map.of())))
                .toList();
    }
}
