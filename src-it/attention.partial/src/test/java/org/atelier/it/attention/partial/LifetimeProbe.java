package org.atelier.it.attention.partial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.it.harness.PluginFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Counts the instances of full sharing before the first use of partial sharing, after it, and at its end. */
public final class LifetimeProbe implements Callable<List<Integer>> {

    private final BundleContext context =
            FrameworkUtil.getBundle(LifetimeProbe.class).getBundleContext();

    @Override
    public List<Integer> call() throws Exception {
        List<Integer> counts = new ArrayList<>();
        PluginFactory.<AttentionStrategy>find(AttentionStrategy.FACTORY, "partial")
                .use(Map.of("of", "full"), partial -> {
                    counts.add(instances());
                    partial.coupling();
                    return counts.add(instances());
                });
        counts.add(instances());
        return counts;
    }

    private int instances() {
        ServiceComponentRuntime runtime =
                context.getService(context.getServiceReference(ServiceComponentRuntime.class));
        return runtime.getComponentDescriptionDTOs().stream()
                .filter(component -> component.name.equals("org.atelier.attention.full.FullSharing"))
                .mapToInt(component ->
                        runtime.getComponentConfigurationDTOs(component).size())
                .sum();
    }
}
