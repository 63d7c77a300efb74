package org.atelier.it.evaluation;

import java.util.List;
import java.util.function.Consumer;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;
import org.osgi.framework.BundleContext;

/** Reports that it measures, then whether it was cancelled or deactivated meanwhile. */
public final class HeldMetric implements SetMetric {

    private final Consumer<String> messages;
    private volatile boolean ended;

    @SuppressWarnings("unchecked") // the only such service
    public HeldMetric(BundleContext context) {
        this.messages = context.getService(context.getServiceReference(Consumer.class));
    }

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        messages.accept("measures");
        boolean cancelled = listener.cancelled();
        messages.accept(ended ? "ended" : cancelled ? "cancelled" : "measured");
        return List.of();
    }

    /** Called by Declarative Services. */
    public void end() {
        ended = true;
    }
}
