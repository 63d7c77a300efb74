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

/** The metrics of one evaluation, from its start to its end. */
final class EvaluationMetrics implements AutoCloseable {

    private final MetricProvider provider;
    private final List<MetricHandle> ready = new ArrayList<>();
    private final List<MetricHandle> handles = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private EvaluationMetrics(MetricProvider provider) {
        this.provider = provider;
    }

    /**
     * Starts metrics and checks that they are available.
     *
     * @param chosen metrics that must be available; empty for all installed metrics, of which unavailable ones are
     *     skipped
     * @param faults collects selected metrics that are unavailable, or that no metric is available
     */
    static EvaluationMetrics start(MetricProvider provider, List<MetricSelection> chosen, Faults faults) {
        EvaluationMetrics metrics = new EvaluationMetrics(provider);
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

    /** Resolves the selections to all options; {@code faults} collects their faults. */
    static List<MetricSelection> resolve(MetricProvider provider, List<MetricSelection> chosen, Faults faults) {
        rejectDuplicates(chosen, faults);
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

    private static void rejectDuplicates(List<MetricSelection> chosen, Faults faults) {
        Set<String> names = new HashSet<>();
        Set<String> duplicates = new HashSet<>();
        for (MetricSelection selection : chosen) {
            if (!names.add(selection.name()) && duplicates.add(selection.name())) {
                faults.add("The metric '%s' is selected more than once.".formatted(selection.name()));
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
                notes.add("The metric '%s' is skipped: %s".formatted(name, e.getMessage()));
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

    /** The available metrics, in the order of the request, else by name. */
    List<MetricHandle> ready() {
        return ready;
    }

    /** As {@link #ready}, each with the value of every option. */
    List<MetricSelection> selections() {
        return ready.stream().map(MetricHandle::selection).toList();
    }

    /** Their description for the report. */
    List<UsedMetric> used() {
        return ready.stream()
                .map(handle -> new UsedMetric(
                        handle.selection().name(),
                        handle.selection().options(),
                        handle.model().orElse(null)))
                .toList();
    }

    /** Passes a note to the listener for each skipped metric. */
    void forwardNotes(Consumer<String> listener) {
        notes.forEach(listener);
    }

    /** @throws AtelierException {@code PLUGIN_WITHDRAWN} if one is being withdrawn and the grace period has passed */
    void throwIfWithdrawn() {
        handles.forEach(MetricHandle::throwIfWithdrawn);
    }

    @Override
    public void close() {
        handles.forEach(MetricHandle::close);
    }
}
