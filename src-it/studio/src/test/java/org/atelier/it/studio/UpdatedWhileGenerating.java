package org.atelier.it.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.it.harness.Stopping;
import org.osgi.framework.Bundle;

/** Updates a plugin while a set generates with it. */
public final class UpdatedWhileGenerating implements Callable<List<String>> {

    private final Easel easel = new Easel();
    private final List<String> told = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        Bundle bundle = easel.install("traced-1");
        HeldSet set = easel.begin("traced");
        Stopping update = new Stopping(() -> {
            bundle.update(easel.open("traced-2"));
            return bundle;
        });
        update.waits();
        told.add(easel.begin("traced").end());
        told.add("waits " + !update.isDone());
        told.add(set.end());
        told.add(easel.versions().toString());
        update.ends();
        told.add(easel.begin("traced").end());
        told.add(easel.versions().toString());
        bundle.uninstall();
        return told;
    }
}
