package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.MetricSelection;

/** The metrics that one evaluation measures with, from its start to its end. */
final class HeldMetrics implements AutoCloseable {

    private final MetricProvider provider;
    private final List<MetricHandle> ready = new ArrayList<>();
    private final List<MetricHandle> handles = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private HeldMetrics(MetricProvider provider) {
        this.provider = provider;
    }

    /**
     * Starts metrics and checks that they can measure.
     *
     * @param chosen each must measure; empty for every installed metric, of which those that cannot are left out
     * @param faults told of a chosen metric that cannot measure, and where none can
     */
    static HeldMetrics start(MetricProvider provider, List<MetricSelection> chosen, Faults faults) {
        HeldMetrics metrics = new HeldMetrics(provider);
        try {
            if (chosen.isEmpty()) {
                metrics.startInstalled(faults);
            } else {
                metrics.startChosen(chosen, faults);
            }
            return metrics;
        } catch (RuntimeException | Error e) {
            metrics.close();
            throw e;
        }
    }

    /** Selections with the value of every option; {@code faults} collects all that is wrong with them. */
    static List<MetricSelection> resolve(MetricProvider provider, List<MetricSelection> chosen, Faults faults) {
        refuseRepeated(chosen, faults);
        List<MetricSelection> resolved = new ArrayList<>();
        for (MetricSelection selection : chosen) {
            try {
                resolved.add(provider.resolve(selection));
            } catch (AtelierException e) {
                faults.add(e);
            }
        }
        return resolved;
    }

    private static void refuseRepeated(List<MetricSelection> chosen, Faults faults) {
        Set<String> names = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        for (MetricSelection selection : chosen) {
            if (!names.add(selection.name()) && repeated.add(selection.name())) {
                faults.add("The metric '%s' is chosen more than once.".formatted(selection.name()));
            }
        }
    }

    private void startChosen(List<MetricSelection> chosen, Faults faults) {
        for (MetricSelection selection : resolve(provider, chosen, faults)) {
            try {
                start(selection.name(), selection.options());
            } catch (AtelierException e) {
                throwIfCancelled(e);
                faults.add(e);
            }
        }
    }

    private void startInstalled(Faults faults) {
        for (String name : provider.names()) {
            try {
                start(name, Map.of());
            } catch (AtelierException e) {
                throwIfCancelled(e);
                notes.add("The metric '%s' is left out: %s".formatted(name, e.getMessage()));
            }
        }
        if (notes.isEmpty() && ready.isEmpty()) {
            faults.add("No metric is installed; add a bundle such as org.atelier.metric.palette.");
        } else if (ready.isEmpty()) {
            faults.add(new AtelierException(INVALID_REQUEST, String.join("\n", notes)));
        }
    }

    private void start(String name, Map<String, Object> options) {
        MetricHandle handle = provider.provide(name, options);
        handles.add(handle);
        handle.metric().check();
        ready.add(handle);
    }

    private static void throwIfCancelled(AtelierException e) {
        if (e.code() == CANCELLED) {
            throw e;
        }
    }

    /** Those that can measure, in the order in which they were chosen, else of their names. */
    List<MetricHandle> ready() {
        return ready;
    }

    /** As {@link #ready}, each with the value of every option. */
    List<MetricSelection> selections() {
        return ready.stream().map(MetricHandle::selection).toList();
    }

    /** What a report tells of them. */
    List<UsedMetric> used() {
        return ready.stream()
                .map(handle -> new UsedMetric(
                        handle.selection().name(),
                        handle.selection().options(),
                        handle.model().orElse(null)))
                .toList();
    }

    /** Tells of each installed metric that is left out, and why. */
    void tellNotes(Consumer<String> listener) {
        notes.forEach(listener);
    }

    /** @throws AtelierException {@code PLUGIN_WITHDRAWN} if one is being withdrawn and was waited for long enough */
    void throwIfWithdrawn() {
        handles.forEach(MetricHandle::throwIfWithdrawn);
    }

    @Override
    public void close() {
        handles.forEach(MetricHandle::close);
    }
}
