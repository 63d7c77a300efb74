package org.atelier.it.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.it.harness.Stopping;
import org.osgi.framework.Bundle;

/** Installs a newer version beside the one that a set generates with, and takes the old one away. */
public final class TwoVersionsAtOnce implements Callable<List<String>> {

    private final StudioEnvironment environment = new StudioEnvironment();
    private final List<String> results = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        Bundle old = environment.install("traced-1");
        HeldSet set = environment.begin("traced");
        Bundle newer = environment.install("traced-2");
        environment.versions();
        results.add(environment.begin("traced").end());
        results.add(environment.versions().toString());
        Stopping uninstall = new Stopping(() -> {
            old.uninstall();
            return old;
        });
        uninstall.waits();
        results.add(set.end());
        results.add(environment.versions().toString());
        uninstall.ends();
        newer.uninstall();
        return results;
    }
}
