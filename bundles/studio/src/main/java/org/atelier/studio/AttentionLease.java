package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/** A strategy that one set holds from its start to its end. */
final class AttentionLease implements AutoCloseable {

    private final ComponentInstance<AttentionStrategy> instance;
    private final AttentionStrategy strategy;

    private AttentionLease(ComponentInstance<AttentionStrategy> instance, AttentionStrategy strategy) {
        this.instance = instance;
        this.strategy = strategy;
    }

    /**
     * Makes a strategy with a set's options.
     *
     * @param properties the options by the plugin's ids
     * @throws AtelierException if it does not start
     */
    static AttentionLease of(String name, ComponentFactory<AttentionStrategy> factory, Map<String, Object> properties) {
        ComponentInstance<AttentionStrategy> instance;
        try {
            instance = factory.newInstance(FrameworkUtil.asDictionary(properties));
        } catch (ComponentException e) {
            throw new AtelierException(PLUGIN_WITHDRAWN, notStarted(name), e);
        }
        AttentionStrategy strategy = instance.getInstance();
        if (strategy == null) {
            instance.dispose();
            throw new AtelierException(PLUGIN_WITHDRAWN, notStarted(name));
        }
        return new AttentionLease(instance, strategy);
    }

    AttentionStrategy strategy() {
        return strategy;
    }

    @Override
    public void close() {
        instance.dispose();
    }

    private static String notStarted(String name) {
        return "The attention '" + name + "' did not start; the log says why. Choose another with --attention.";
    }
}
