package org.atelier.it.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.it.harness.Stopping;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Stops a plugin whose set does not end in time, from another thread and from its own. */
public final class NotEndedInTime implements Callable<List<String>> {

    private final StudioEnvironment environment = new StudioEnvironment();
    private final List<String> results = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        environment.configure("org.atelier.plugins", "drain.timeout", 0);
        Bundle bundle = environment.install("traced-1");
        HeldSet set = environment.begin("traced");
        Stopping stop = new Stopping(() -> {
            bundle.stop();
            return bundle;
        });
        stop.waits();
        results.add(set.end());
        stop.ends();
        environment.configure("org.atelier.plugins", "drain.timeout", 600);
        bundle.start();
        results.add(new HeldSet(environment.studio(), "traced").generate(() -> stop(bundle)));
        results.add(environment.versions().toString());
        bundle.uninstall();
        return results;
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }
}
