package org.atelier.it.metric.clip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** The models with which an evaluation would start the metric: by default, then as the user says. */
public final class DefaultModelProbe implements Callable<List<String>> {

    @Override
    public List<String> call() {
        BundleContext context = FrameworkUtil.getBundle(DefaultModelProbe.class).getBundleContext();
        MetricProvider metrics = context.getService(context.getServiceReference(MetricProvider.class));
        List<String> models = new ArrayList<>();
        for (Map<String, Object> options : List.of(Map.<String, Object>of(), Map.<String, Object>of("model", "mine"))) {
            try (MetricHandle metric = metrics.provide("clip", options)) {
                models.add(metric.model().orElse("none"));
            }
        }
        return models;
    }
}
