package org.atelier.plugins;

import org.atelier.api.blend.StyleBlend;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;

/** The blends of references that are here. */
@Component(service = StyleBlends.class)
public final class StyleBlends extends PluginRegistry<StyleBlend> {

    @Activate
    public StyleBlends(
            @Reference MetaTypeService metaTypes,
            @Reference ConfigurationAdmin configurations,
            @Reference PluginLeases leases) {
        super("blend", metaTypes, configurations, leases);
    }

    @Reference(
            target = "(component.factory=" + StyleBlend.FACTORY + ")",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    public void bind(ComponentFactory<StyleBlend> factory, ServiceReference<?> reference) {
        add(factory, reference);
    }

    void unbind(ServiceReference<?> reference) {
        remove(reference);
    }
}
