package org.atelier.plugins;

import org.atelier.api.Plugins;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.context.ContextSource;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;

/** The context plugins that are here. */
@Component(service = {ContextSources.class, ContextKinds.class})
public final class ContextSources extends PluginRegistry<ContextSource> implements ContextKinds {

    @Activate
    public ContextSources(
            @Reference MetaTypeService metaTypes,
            @Reference ConfigurationAdmin configurations,
            @Reference PluginLeases leases) {
        super("context", metaTypes, configurations, leases);
    }

    @Override
    public boolean readsFile(String kind) {
        return Plugins.FILE.equals(properties(kind).get(Plugins.INPUT));
    }

    @Reference(
            target = "(component.factory=" + ContextSource.FACTORY + ")",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    public void bind(ComponentFactory<ContextSource> factory, ServiceReference<?> reference) {
        add(factory, reference);
    }

    void unbind(ServiceReference<?> reference) {
        remove(reference);
    }
}
