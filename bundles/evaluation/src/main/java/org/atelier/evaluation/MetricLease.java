package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;

/** The metrics that one evaluation measures with, from its start to its end. */
final class MetricLease implements AutoCloseable {

    private final List<NamedMetric> all;
    private final List<NamedMetric> ready = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    /** @param all instances, given back by {@link #close} */
    private MetricLease(List<NamedMetric> all) {
        this.all = all;
    }

    /**
     * Takes what is here.
     *
     * @throws AtelierException if nothing can measure
     */
    static MetricLease of(List<NamedMetric> metrics) {
        MetricLease lease = new MetricLease(metrics);
        metrics.forEach(lease::check);
        if (lease.ready.isEmpty()) {
            lease.close();
            throw new AtelierException(INVALID_REQUEST, lease.nothing());
        }
        return lease;
    }

    List<NamedMetric> ready() {
        return ready;
    }

    /** Tells of each metric that is here but cannot measure, and why. */
    void tellRefusals(Consumer<String> listener) {
        refusals.forEach(listener);
    }

    private void check(NamedMetric metric) {
        try {
            metric.metric().check();
            ready.add(metric);
        } catch (AtelierException e) {
            refusals.add("The metric '%s' is left out: %s".formatted(metric.name(), e.getMessage()));
        }
    }

    private String nothing() {
        return refusals.isEmpty()
                ? "No metric is installed; add a bundle such as org.atelier.metric.palette."
                : refusals.stream().collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        all.forEach(NamedMetric::close);
    }
}
