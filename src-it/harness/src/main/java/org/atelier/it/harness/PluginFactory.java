package org.atelier.it.harness;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/**
 * Creates plugins as the studio does, from a component factory found by kind and name. Runs inside the framework under
 * test.
 *
 * @param <T> the contract of the plugins
 */
public final class PluginFactory<T> {

    private final ComponentFactory<T> factory;

    private PluginFactory(ComponentFactory<T> factory) {
        this.factory = factory;
    }

    /** An action with a plugin instance. */
    public interface Use<T, R> {
        R of(T plugin) throws Exception;
    }

    /**
     * Finds a factory.
     *
     * @param kind its {@code component.factory}
     * @param name its {@code atelier.name}
     */
    public static <T> PluginFactory<T> find(String kind, String name) throws InvalidSyntaxException {
        return PluginFactory.<T>all(kind).get(name);
    }

    /** Every factory of a kind by its name. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // the services are registered under the raw type
    public static <T> SortedMap<String, PluginFactory<T>> all(String kind) throws InvalidSyntaxException {
        BundleContext context = FrameworkUtil.getBundle(PluginFactory.class).getBundleContext();
        SortedMap<String, PluginFactory<T>> factories = new TreeMap<>();
        for (ServiceReference<ComponentFactory> reference :
                context.getServiceReferences(ComponentFactory.class, "(component.factory=" + kind + ")")) {
            String name = (String) reference.getProperty("atelier.name");
            factories.put(name, new PluginFactory<>(context.getService(reference)));
        }
        return factories;
    }

    /**
     * Uses a plugin of every factory of a kind, with the configured options.
     *
     * @return results by plugin name
     */
    public static <T> SortedMap<String, String> useAll(String kind, Use<T, String> use) throws Exception {
        SortedMap<String, String> results = new TreeMap<>();
        for (Map.Entry<String, PluginFactory<T>> factory :
                PluginFactory.<T>all(kind).entrySet()) {
            results.put(factory.getKey(), factory.getValue().use(Map.of(), use));
        }
        return results;
    }

    /** Creates a plugin with options, uses it and disposes of it. */
    public <R> R use(Map<String, Object> options, Use<T, R> use) throws Exception {
        ComponentInstance<T> instance = factory.newInstance(FrameworkUtil.asDictionary(options));
        try {
            return use.of(instance.getInstance());
        } finally {
            instance.dispose();
        }
    }
}
