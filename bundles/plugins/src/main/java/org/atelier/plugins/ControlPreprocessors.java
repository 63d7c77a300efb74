package org.atelier.plugins;

import org.atelier.api.control.ControlPreprocessor;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;

/** The control preprocessors that are here. */
@Component(service = ControlPreprocessors.class)
public final class ControlPreprocessors extends PluginRegistry<ControlPreprocessor> {

    @Activate
    public ControlPreprocessors(
            @Reference MetaTypeService metaTypes,
            @Reference ConfigurationAdmin configurations,
            @Reference PluginLeases leases) {
        super("control", metaTypes, configurations, leases);
    }

    @Reference(
            target = "(component.factory=" + ControlPreprocessor.FACTORY + ")",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    public void bind(ComponentFactory<ControlPreprocessor> factory, ServiceReference<?> reference) {
        add(factory, reference);
    }

    void unbind(ServiceReference<?> reference) {
        remove(reference);
    }
}
