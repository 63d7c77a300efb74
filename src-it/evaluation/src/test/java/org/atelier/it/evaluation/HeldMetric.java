package org.atelier.it.evaluation;

import java.util.List;
import java.util.function.Consumer;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;
import org.osgi.framework.BundleContext;

/** Tells that it measures before it asks whether to go on, and afterwards whether it was ended meanwhile. */
public final class HeldMetric implements SetMetric {

    private final Consumer<String> told;
    private volatile boolean ended;

    @SuppressWarnings("unchecked") // the only such service
    public HeldMetric(BundleContext context) {
        this.told = context.getService(context.getServiceReference(Consumer.class));
    }

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        told.accept("measures");
        boolean cancelled = listener.cancelled();
        told.accept(ended ? "ended" : cancelled ? "cancelled" : "measured");
        return List.of();
    }

    /** Called by declarative services. */
    public void end() {
        ended = true;
    }
}
