package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.util.Map;
import org.atelier.api.AtelierException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/**
 * A plugin that one set holds from its start to its end.
 *
 * @param <P> what it is to the set: a strategy of attention, a blend
 */
final class PluginLease<P> implements AutoCloseable {

    private final ComponentInstance<P> instance;
    private final P plugin;

    private PluginLease(ComponentInstance<P> instance, P plugin) {
        this.instance = instance;
        this.plugin = plugin;
    }

    /**
     * Makes a plugin with a set's options.
     *
     * @param kind what a user calls its kind: {@code attention}
     * @param properties the options by the plugin's ids
     * @throws AtelierException if it does not start
     */
    static <P> PluginLease<P> of(
            String kind, String name, ComponentFactory<P> factory, Map<String, Object> properties) {
        ComponentInstance<P> instance;
        try {
            instance = factory.newInstance(FrameworkUtil.asDictionary(properties));
        } catch (ComponentException e) {
            throw new AtelierException(PLUGIN_WITHDRAWN, notStarted(kind, name), e);
        }
        P plugin = instance.getInstance();
        if (plugin == null) {
            instance.dispose();
            throw new AtelierException(PLUGIN_WITHDRAWN, notStarted(kind, name));
        }
        return new PluginLease<>(instance, plugin);
    }

    P plugin() {
        return plugin;
    }

    @Override
    public void close() {
        instance.dispose();
    }

    private static String notStarted(String kind, String name) {
        return "The %s '%s' did not start; the log says why. Choose another with --%s.".formatted(kind, name, kind);
    }
}
