package org.atelier.it.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.framework.Bundle;

/** Requests plugins whose constructors fail or never return. */
public final class DoNotStart implements Callable<List<String>> {

    private final StudioEnvironment environment = new StudioEnvironment();
    private final List<String> results = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        environment.configure("org.atelier.plugins", "start.timeout", 1);
        for (String name : List.of("throwing", "looping")) {
            Bundle bundle = environment.install(name);
            results.add(environment.begin(name).end());
            bundle.uninstall();
        }
        results.add(environment.begin("none").end());
        return results;
    }
}
