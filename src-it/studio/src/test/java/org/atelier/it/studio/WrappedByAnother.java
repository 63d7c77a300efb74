package org.atelier.it.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.it.harness.Stopping;
import org.osgi.framework.Bundle;

/** Stops a strategy that another wraps, and configures both, while a set generates. */
public final class WrappedByAnother implements Callable<List<String>> {

    private final Easel easel = new Easel();
    private final List<String> results = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        Bundle bundle = easel.install("traced-1");
        HeldSet set = easel.begin("partial of traced");
        easel.configure("org.atelier.it.studio.TracedAttention", "x", 1);
        easel.configure("org.atelier.attention.partial.PartialSharing", "x", 1);
        easel.configure("org.atelier.plugins", "start.timeout", 1);
        Stopping stop = new Stopping(() -> {
            bundle.stop();
            return bundle;
        });
        stop.waits();
        results.add(set.end());
        results.add(easel.versions().toString());
        stop.ends();
        bundle.uninstall();
        return results;
    }
}
