package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.MODEL_NOT_FOUND;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluation.UsedMetric;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.metric.MetricSelection;

/** The metrics of one evaluation, from its start to its end. */
final class EvaluationMetrics implements AutoCloseable {

    private final MetricProvider provider;
    private final List<MetricHandle> ready = new ArrayList<>();
    private final List<MetricHandle> handles = new ArrayList<>();

    /** Why metrics are not used, by name. */
    private final Map<String, AtelierException> skipped = new LinkedHashMap<>();

    private EvaluationMetrics(MetricProvider provider) {
        this.provider = provider;
    }

    /**
     * Starts metrics and checks that they are available.
     *
     * @param chosen metrics of which those without their model are skipped; empty for all installed metrics, of which
     *     every unavailable one is skipped
     * @param faults collects selected metrics with other faults, or that no metric is available
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
                if (e.code() == MODEL_NOT_FOUND) {
                    skip(selection.name(), e);
                } else {
                    faults.add(e);
                }
            }
        }
        if (ready.isEmpty() && faults.isEmpty()) {
            skipped.values().forEach(faults::add);
        }
    }

    private void startInstalled(Faults faults) {
        for (String name : provider.names()) {
            try {
                start(name, Map.of());
            } catch (AtelierException e) {
                throwIfCancelled(e);
                skip(name, e);
            }
        }
        if (skipped.isEmpty() && ready.isEmpty()) {
            faults.add("No metric is installed; add a bundle such as org.atelier.metric.palette.");
        } else if (ready.isEmpty()) {
            notes().forEach(faults::add);
        }
    }

    private void skip(String name, AtelierException reason) {
        skipped.put(name, reason);
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

    /**
     * Measures a set with each available metric.
     *
     * @param cancelled whether to cancel
     * @param notes receives the notes of the metrics, and one note for each metric without measurements and notes
     * @return by name of the metric, in the order of {@link #ready}
     */
    Map<String, List<Measurement>> measure(MeasuredSet set, BooleanSupplier cancelled, Consumer<String> notes) {
        Map<String, List<Measurement>> measurements = new LinkedHashMap<>();
        for (MetricHandle metric : ready) {
            String name = metric.selection().name();
            List<String> metricNotes = new ArrayList<>();
            MeasuringListener listener = listener(cancelled, notes.andThen(metricNotes::add));
            listener.throwIfCancelled();
            List<Measurement> found = List.copyOf(metric.metric().measure(set, listener));
            if (found.isEmpty() && metricNotes.isEmpty()) {
                notes.accept("The metric '%s' has no figure for these images; give two or more, or a reference."
                        .formatted(name));
            }
            measurements.put(name, found);
        }
        return measurements;
    }

    private MeasuringListener listener(BooleanSupplier cancelled, Consumer<String> notes) {
        return new MeasuringListener() {
            @Override
            public void noted(String sentence) {
                notes.accept(sentence);
            }

            @Override
            public boolean cancelled() {
                throwIfWithdrawn();
                return cancelled.getAsBoolean();
            }
        };
    }

    /** Passes a note to the listener for each skipped metric. */
    void forwardNotes(Consumer<String> listener) {
        notes().forEach(listener);
    }

    private List<String> notes() {
        return skipped.entrySet().stream()
                .map(metric -> "The metric '%s' is skipped: %s"
                        .formatted(metric.getKey(), metric.getValue().getMessage()))
                .toList();
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
