package org.atelier.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.metric.MetricSelection;
import picocli.CommandLine.Option;

/** The options of metrics. */
public final class MetricOptions {

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "A metric; repeatable. Default: all installed metrics that are usable.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--metric-option",
            paramLabel = "NAME.KEY=VALUE",
            description =
                    "An option of a metric given by --metric; repeatable. An unknown key lists the available ones.")
    private Map<String, String> options = new LinkedHashMap<>();

    /**
     * The metrics in the order of the command line; empty for all installed ones.
     *
     * @param faults collects options of metrics that are not given
     */
    public List<MetricSelection> selections(Faults faults) {
        Map<String, Map<String, Object>> byMetric = KindOptions.grouped(
                options, names, "--metric-option requires NAME.KEY=VALUE with a metric given by --metric", faults);
        return names.stream()
                .map(name -> new MetricSelection(name, byMetric.getOrDefault(name, Map.of())))
                .toList();
    }
}
