package org.atelier.it.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.it.harness.Stopping;
import org.osgi.framework.Bundle;

/** Updates a plugin while a set generates with it. */
public final class UpdatedWhileGenerating implements Callable<List<String>> {

    private final StudioEnvironment environment = new StudioEnvironment();
    private final List<String> results = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        Bundle bundle = environment.install("traced-1");
        HeldSet set = environment.begin("traced");
        Stopping update = new Stopping(() -> {
            bundle.update(environment.open("traced-2"));
            return bundle;
        });
        update.waits();
        results.add(environment.begin("traced").end());
        results.add("waits " + !update.isDone());
        results.add(set.end());
        results.add(environment.versions().toString());
        update.ends();
        results.add(environment.begin("traced").end());
        results.add(environment.versions().toString());
        bundle.uninstall();
        return results;
    }
}
