package org.atelier.studio;

import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;

/** The attention strategies that are here. */
@Component(service = AttentionStrategies.class)
public final class AttentionStrategies extends PluginRegistry<AttentionStrategy> {

    @Activate
    public AttentionStrategies(@Reference MetaTypeService metaTypes, @Reference ConfigurationAdmin configurations) {
        super("attention", metaTypes, configurations);
    }

    @Reference(
            target = "(component.factory=" + AttentionStrategy.FACTORY + ")",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bind(ComponentFactory<AttentionStrategy> factory, ServiceReference<?> reference) {
        add(factory, reference);
    }

    void unbind(ServiceReference<?> reference) {
        remove(reference);
    }

    /** Also asks the strategy a first question: one that wraps another says only now that it does not find it. */
    @Override
    PluginLease<AttentionStrategy> lease(String name, Map<String, Object> settled) {
        PluginLease<AttentionStrategy> lease = super.lease(name, settled);
        try {
            lease.plugin().coupling();
            return lease;
        } catch (AtelierException e) {
            lease.close();
            throw e;
        }
    }
}
