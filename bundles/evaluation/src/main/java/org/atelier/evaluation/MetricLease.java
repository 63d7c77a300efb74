package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.SetMetric;

/** The metrics that one evaluation measures with, from its start to its end. */
final class MetricLease implements AutoCloseable {

    private final List<MetricHandle> loans = new ArrayList<>();
    private final Map<String, SetMetric> ready = new LinkedHashMap<>();
    private final List<String> refusals = new ArrayList<>();

    private MetricLease() {}

    /**
     * Takes what is here; what does not start or cannot measure is left out.
     *
     * @throws AtelierException if nothing can measure
     */
    static MetricLease of(MetricProvider lender) {
        MetricLease lease = new MetricLease();
        try {
            lender.names().forEach(name -> lease.take(name, lender));
            if (lease.ready.isEmpty()) {
                throw new AtelierException(INVALID_REQUEST, lease.nothing());
            }
            return lease;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** By their names, in alphabetical order. */
    Map<String, SetMetric> ready() {
        return ready;
    }

    /** Tells of each metric that is here but cannot measure, and why. */
    void tellRefusals(Consumer<String> listener) {
        refusals.forEach(listener);
    }

    /** @throws AtelierException {@code PLUGIN_WITHDRAWN} if one is being withdrawn and was waited for long enough */
    void throwIfWithdrawn() {
        loans.forEach(MetricHandle::throwIfWithdrawn);
    }

    private void take(String name, MetricProvider lender) {
        try {
            MetricHandle loan = lender.lend(name);
            loans.add(loan);
            loan.metric().check();
            ready.put(name, loan.metric());
        } catch (AtelierException e) {
            if (e.code() == CANCELLED) {
                throw e;
            }
            refusals.add("The metric '%s' is left out: %s".formatted(name, e.getMessage()));
        }
    }

    private String nothing() {
        return refusals.isEmpty()
                ? "No metric is installed; add a bundle such as org.atelier.metric.palette."
                : refusals.stream().collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        loans.forEach(MetricHandle::close);
    }
}
