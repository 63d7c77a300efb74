package org.atelier.it.attention.injection;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** Finds the strategy as the studio does, as a service by name, and returns the coupling of a new instance. */
public final class StrategyProbe implements Callable<String> {

    private static final String FILTER =
            "(&(component.factory=" + AttentionStrategy.FACTORY + ")(atelier.name=injection))";

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    public String call() throws Exception {
        BundleContext context = FrameworkUtil.getBundle(StrategyProbe.class).getBundleContext();
        Collection<ServiceReference<ComponentFactory>> factories =
                context.getServiceReferences(ComponentFactory.class, FILTER);
        ComponentFactory<AttentionStrategy> factory =
                context.getService(factories.iterator().next());
        ComponentInstance<AttentionStrategy> instance = factory.newInstance(FrameworkUtil.asDictionary(Map.of()));
        try {
            return instance.getInstance().coupling().name();
        } finally {
            instance.dispose();
        }
    }
}
