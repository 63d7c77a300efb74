package org.atelier.it.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.it.harness.Stopping;
import org.osgi.framework.Bundle;

/** Stops a strategy that another wraps, and configures both, while a set generates. */
public final class WrappedByAnother implements Callable<List<String>> {

    private final StudioEnvironment environment = new StudioEnvironment();
    private final List<String> results = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        Bundle bundle = environment.install("traced-1");
        HeldSet set = environment.begin("partial of traced");
        environment.configure("org.atelier.it.studio.TracedAttention", "x", 1);
        environment.configure("org.atelier.attention.partial.PartialSharing", "x", 1);
        environment.configure("org.atelier.plugins", "start.timeout", 1);
        Stopping stop = new Stopping(() -> {
            bundle.stop();
            return bundle;
        });
        stop.waits();
        results.add(set.end());
        results.add(environment.versions().toString());
        stop.ends();
        bundle.uninstall();
        return results;
    }
}
