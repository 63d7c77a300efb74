package org.atelier.it.attention.partial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Counts the instances of full sharing before partial sharing of it is asked anything, after, and at its end. */
public final class LifetimeProbe implements Callable<List<Integer>> {

    private static final String FILTER =
            "(&(component.factory=" + AttentionStrategy.FACTORY + ")(atelier.name=partial))";

    private final BundleContext context =
            FrameworkUtil.getBundle(LifetimeProbe.class).getBundleContext();

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    public List<Integer> call() throws Exception {
        ServiceReference<ComponentFactory> reference = context.getServiceReferences(ComponentFactory.class, FILTER)
                .iterator()
                .next();
        ComponentFactory<AttentionStrategy> factory = context.getService(reference);
        List<Integer> counts = new ArrayList<>();
        ComponentInstance<AttentionStrategy> instance =
                factory.newInstance(FrameworkUtil.asDictionary(Map.of("of", "full")));
        counts.add(instances());
        instance.getInstance().coupling();
        counts.add(instances());
        instance.dispose();
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
