package org.atelier.it.metric.clip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.metric.MetricHandle;
import org.atelier.api.metric.MetricProvider;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The models with which an evaluation would start the metric: without any installed, then with the one of the distribution,
 * then with the public one too; and the one that the user names.
 */
public final class DefaultModelProbe implements Callable<List<String>> {

    private final BundleContext context =
            FrameworkUtil.getBundle(DefaultModelProbe.class).getBundleContext();
    private final MetricProvider metrics = context.getService(context.getServiceReference(MetricProvider.class));

    @Override
    public List<String> call() throws Exception {
        List<String> used = new ArrayList<>();
        used.add(model(Map.of()));
        install("sketchbook-clip");
        used.add(model(Map.of()));
        used.add(model(Map.of("model", "clip-vit-b32")));
        install("clip-vit-b32");
        used.add(model(Map.of()));
        used.add(model(Map.of("model", "sketchbook-clip")));
        return used;
    }

    private void install(String name) throws IOException {
        Path folder = Path.of(context.getProperty("atelier.home"), "models", name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), "{}");
    }

    private String model(Map<String, Object> options) {
        try (MetricHandle metric = metrics.provide("clip", options)) {
            return metric.model().orElse("none");
        }
    }
}
