package org.atelier.it.harness;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/**
 * Makes plugins as the studio does, of a component factory found by kind and name; a piece of a test that runs inside a
 * framework.
 *
 * @param <T> the contract of the plugins
 */
public final class PluginFactory<T> {

    private final ComponentFactory<T> factory;

    private PluginFactory(ComponentFactory<T> factory) {
        this.factory = factory;
    }

    /** What is done with a plugin while it lives. */
    public interface Use<T, R> {
        R of(T plugin) throws Exception;
    }

    /**
     * Finds the factory.
     *
     * @param kind its {@code component.factory}
     * @param name its {@code atelier.name}
     */
    @SuppressWarnings({"rawtypes", "unchecked"}) // the service is registered under the raw type
    public static <T> PluginFactory<T> find(String kind, String name) throws InvalidSyntaxException {
        BundleContext context = FrameworkUtil.getBundle(PluginFactory.class).getBundleContext();
        ServiceReference<ComponentFactory> reference = context.getServiceReferences(
                        ComponentFactory.class, "(&(component.factory=" + kind + ")(atelier.name=" + name + "))")
                .iterator()
                .next();
        return new PluginFactory<>(context.getService(reference));
    }

    /** Makes a plugin with options, uses it and disposes of it. */
    public <R> R use(Map<String, Object> options, Use<T, R> use) throws Exception {
        ComponentInstance<T> instance = factory.newInstance(FrameworkUtil.asDictionary(options));
        try {
            return use.of(instance.getInstance());
        } finally {
            instance.dispose();
        }
    }
}
