package org.atelier.plugins;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.Faults;
import org.atelier.api.Plugins;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.plugins.options.OptionTexts;
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
    public AttentionStrategies(
            @Reference MetaTypeService metaTypes,
            @Reference ConfigurationAdmin configurations,
            @Reference PluginLeases leases) {
        super("attention", metaTypes, configurations, leases);
    }

    @Reference(
            target = "(component.factory=" + AttentionStrategy.FACTORY + ")",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    public void bind(ComponentFactory<AttentionStrategy> factory, ServiceReference<?> reference) {
        add(factory, reference);
    }

    void unbind(ServiceReference<?> reference) {
        remove(reference);
    }

    /**
     * A strategy's options, each settled, and those of the strategy that it wraps, if it does.
     *
     * @param given by name: Boolean, Number, String or a List of them
     * @param pictured whether style comes from a picture, for which some options have other defaults
     * @param faults told of an unknown name, unknown options and wrong values
     */
    public Map<String, Object> settle(String name, Map<String, Object> given, boolean pictured, Faults faults) {
        Map<String, Object> about = properties(name);
        Map<String, Object> settled = settle(name, given, pictured ? withReferences(about) : Map.of(), faults);
        if (about.get(Plugins.WRAPPED) instanceof String of
                && about.get(Plugins.WRAPPED_OPTIONS) instanceof String options
                && settled.get(of) instanceof String wrapped
                && isPlain(wrapped)) {
            List<?> texts = settled.get(options) instanceof List<?> several ? several : List.of();
            Map<String, Object> inner = settle(wrapped, OptionTexts.read(wrapped, texts, faults), pictured, faults);
            settled.put(options, OptionTexts.write(inner));
        }
        return settled;
    }

    /** Whether it is here and wraps none; what else one is asked to wrap, it refuses itself. */
    private boolean isPlain(String name) {
        return names().contains(name) && !properties(name).containsKey(Plugins.WRAPPED);
    }

    /** By an option's name. */
    private static Map<String, Object> withReferences(Map<String, Object> about) {
        return about.entrySet().stream()
                .filter(property -> property.getKey().startsWith(Plugins.WITH_REFERENCES))
                .collect(Collectors.toMap(
                        property -> property.getKey().substring(Plugins.WITH_REFERENCES.length()),
                        Map.Entry::getValue));
    }

    /** One that wraps another says only now that it does not find it. */
    @Override
    void ask(AttentionStrategy strategy) {
        strategy.coupling();
    }
}
