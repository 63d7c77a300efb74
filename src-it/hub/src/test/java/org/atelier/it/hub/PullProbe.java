package org.atelier.it.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.model.ModelFiles;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Pulls a model through the hub's service and tells where it is, and what the models' service then lists. */
public final class PullProbe implements Callable<List<String>>, PullListener {

    @Override
    public List<String> call() {
        BundleContext context = FrameworkUtil.getBundle(PullProbe.class).getBundleContext();
        ModelHub hub = context.getService(context.getServiceReference(ModelHub.class));
        ModelFiles files = context.getService(context.getServiceReference(ModelFiles.class));
        List<String> told = new ArrayList<>();
        told.add(hub.pull(PullRequest.of("org/toy"), this).toString());
        files.installed().forEach(model -> told.add(model.name() + " " + model.kind() + " " + model.folder()));
        return told;
    }
}
