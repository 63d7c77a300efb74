package org.atelier.it.hub;

import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelHub;
import org.atelier.api.model.PullListener;
import org.atelier.api.model.PullRequest;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Asks for a model that no hub answers for; the message tells which. */
public final class PullProbe implements Callable<List<String>> {

    @Override
    public List<String> call() {
        BundleContext context = FrameworkUtil.getBundle(PullProbe.class).getBundleContext();
        ModelHub hub = context.getService(context.getServiceReference(ModelHub.class));
        try {
            return List.of(hub.pull(PullRequest.of("org/toy"), new PullListener() {}).toString());
        } catch (AtelierException e) {
            return List.of(e.code().name(), e.getMessage());
        }
    }
}
