package org.atelier.it.attention.shared;

import java.util.Collection;
import java.util.concurrent.Callable;
import org.atelier.api.Plugins;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;

/** Reads the declared strengths of the strategy, and a default of panoramas. */
public final class StrengthProbe implements Callable<String> {

    private static final String FILTER =
            "(&(component.factory=" + AttentionStrategy.FACTORY + ")(atelier.name=shared))";

    @Override
    @SuppressWarnings("rawtypes") // the service is registered under the raw type
    public String call() throws Exception {
        BundleContext context = FrameworkUtil.getBundle(StrengthProbe.class).getBundleContext();
        Collection<ServiceReference<ComponentFactory>> factories =
                context.getServiceReferences(ComponentFactory.class, FILTER);
        ServiceReference<?> strategy = factories.iterator().next();
        return String.join("\n", (String[]) strategy.getProperty(Plugins.STRENGTH))
                + "\nwith references\n"
                + String.join("\n", (String[]) strategy.getProperty(Plugins.STRENGTH_WITH_REFERENCES))
                + "\nwith panoramas\nshare-group-norm="
                + strategy.getProperty(Plugins.WITH_PANORAMAS + "share-group-norm");
    }
}
