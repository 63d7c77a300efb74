package org.atelier.it.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.it.harness.Stopping;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** Stops the metric during evaluations that end in time and evaluations that do not. */
public final class MetricIsWithdrawn implements Callable<List<String>> {

    private final BundleContext context =
            FrameworkUtil.getBundle(MetricIsWithdrawn.class).getBundleContext();
    private final List<String> messages = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        Bundle metric = install();
        stopWhile(new HeldEvaluation(false), metric);
        messages.add(new HeldEvaluation(false).begin().end());
        drainWithin(0);
        metric.start();
        stopWhile(new HeldEvaluation(false), metric);
        metric.start();
        stopWhile(new HeldEvaluation(true), metric);
        metric.uninstall();
        return messages;
    }

    private void stopWhile(HeldEvaluation evaluation, Bundle metric) throws Exception {
        evaluation.begin();
        Stopping stop = new Stopping(() -> {
            metric.stop();
            return metric;
        });
        stop.waits();
        messages.add(evaluation.end());
        stop.ends();
    }

    private Bundle install() throws Exception {
        try (InputStream content = Files.newInputStream(Path.of(context.getProperty("atelier.home"), "held.jar"))) {
            Bundle bundle = context.installBundle("test:held", content);
            bundle.start();
            return bundle;
        }
    }

    private void drainWithin(int seconds) throws IOException {
        context.getService(context.getServiceReference(ConfigurationAdmin.class))
                .getConfiguration("org.atelier.plugins", "?")
                .update(FrameworkUtil.asDictionary(Map.of("drain.timeout", seconds)));
    }
}
