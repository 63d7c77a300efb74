package org.atelier.it.blend.apart;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.blend.StyleBlend;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** Finds the blend as the studio does, as a service by name, and asks whether it keeps references apart. */
public final class BlendProbe implements Callable<Boolean> {

    private static final String FILTER = "(&(component.factory=" + StyleBlend.FACTORY + ")(atelier.name=apart))";

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    public Boolean call() throws Exception {
        BundleContext context = FrameworkUtil.getBundle(BlendProbe.class).getBundleContext();
        Collection<ServiceReference<ComponentFactory>> factories =
                context.getServiceReferences(ComponentFactory.class, FILTER);
        ComponentFactory<StyleBlend> factory =
                context.getService(factories.iterator().next());
        ComponentInstance<StyleBlend> instance = factory.newInstance(FrameworkUtil.asDictionary(Map.of()));
        try {
            return instance.getInstance().blend(List.of()).isEmpty();
        } finally {
            instance.dispose();
        }
    }
}
