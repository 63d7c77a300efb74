package org.atelier.plugins;

import java.util.Optional;
import org.atelier.api.context.TextSummarizer;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;

/** The summarizers that are here. */
@Component(service = TextSummarizers.class)
public final class TextSummarizers extends PluginRegistry<TextSummarizer> {

    @Activate
    public TextSummarizers(
            @Reference MetaTypeService metaTypes,
            @Reference ConfigurationAdmin configurations,
            @Reference PluginLeases leases) {
        super("summary", metaTypes, configurations, leases);
    }

    /** The one that serves: the first by name. */
    public Optional<String> chosen() {
        return names().stream().findFirst();
    }

    @Reference(
            target = "(component.factory=" + TextSummarizer.FACTORY + ")",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    public void bind(ComponentFactory<TextSummarizer> factory, ServiceReference<?> reference) {
        add(factory, reference);
    }

    void unbind(ServiceReference<?> reference) {
        remove(reference);
    }
}
