package org.atelier.plugins;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.atelier.api.Faults;
import org.atelier.api.Plugins;
import org.atelier.plugins.options.PluginMetatypes;
import org.atelier.plugins.options.PluginOptions;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.metatype.MetaTypeService;

/** Finds why a plugin cannot be used, from its bundle and its properties; does not start it. */
final class PluginInspection {

    private static final String COMPONENT_NAME = "component.name";

    private final PluginMetatypes metatypes;
    private final DistributionBundles distribution;

    /** @param distribution the bundles whose plugins {@link #faultOfDeployed} does not inspect */
    PluginInspection(MetaTypeService service, DistributionBundles distribution) {
        this.metatypes = new PluginMetatypes(service);
        this.distribution = distribution;
    }

    /** As {@link #fault}; empty for the plugins of the distribution. */
    Optional<String> faultOfDeployed(PluginKind<?> kind, ServiceReference<?> factory) {
        Bundle bundle = factory.getBundle();
        return bundle == null || distribution.contains(bundle) ? Optional.empty() : fault(kind, factory);
    }

    /**
     * Returns why a plugin is refused, as a sentence that names it; empty if it can be used.
     *
     * @param factory its component factory
     */
    Optional<String> fault(PluginKind<?> kind, ServiceReference<?> factory) {
        Bundle bundle = factory.getBundle();
        if (bundle == null) {
            return Optional.empty();
        }
        OfferedPlugin offered = new OfferedPlugin(kind, String.valueOf(factory.getProperty(Plugins.NAME)), bundle);
        Set<String> embedded = EmbeddedPackages.of(bundle);
        if (!embedded.isEmpty()) {
            return Optional.of(
                    offered.refused("its bundle contains its own copy of %s; build it so that it imports what Atelier"
                                    .formatted(String.join(", ", embedded))
                            + " exports"));
        }
        return metatypes
                .contradiction(bundle, pid(factory))
                .or(() -> propertyFault(kind, factory))
                .map(reason -> offered.refused(reason + "; its author must correct this"));
    }

    /** Properties of the factory that name options which it does not have, or give them invalid values. */
    private Optional<String> propertyFault(PluginKind<?> kind, ServiceReference<?> factory) {
        PluginOptions options = options(kind, factory);
        Map<String, Object> properties = FrameworkUtil.asMap(factory.getProperties());
        for (String property : List.of(Plugins.MODEL, Plugins.WRAPPED, Plugins.WRAPPED_OPTIONS)) {
            if (properties.get(property) instanceof String option && !options.has(option)) {
                return Optional.of(
                        "its property %s names the option '%s', which it does not have".formatted(property, option));
            }
        }
        for (Map.Entry<String, Object> property : properties.entrySet()) {
            Optional<String> fault = presetFault(property.getKey(), property.getValue(), options);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> presetFault(String property, Object value, PluginOptions options) {
        Faults faults = new Faults();
        if (property.startsWith(Plugins.WITH_REFERENCES) || property.startsWith(Plugins.WITH_PANORAMAS)) {
            String prefix =
                    property.startsWith(Plugins.WITH_REFERENCES) ? Plugins.WITH_REFERENCES : Plugins.WITH_PANORAMAS;
            String option = property.substring(prefix.length());
            options.resolve(Map.of(option, value), Map.of(), Map.of(), faults);
        } else if (property.equals(Plugins.STRENGTH) || property.equals(Plugins.STRENGTH_WITH_REFERENCES)) {
            for (String preset : texts(value)) {
                options.resolve(InstalledStrengthPresets.optionsOf(preset), Map.of(), Map.of(), faults);
            }
        }
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of("its property %s is not valid: %s"
                        .formatted(
                                property,
                                faults.toException()
                                        .getMessage()
                                        .lines()
                                        .findFirst()
                                        .orElse("")
                                        .replaceFirst("\\.$", "")));
    }

    private static List<String> texts(Object value) {
        return value instanceof String[] several ? Arrays.asList(several) : List.of(value.toString());
    }

    /** The options of a plugin. */
    PluginOptions options(PluginKind<?> kind, ServiceReference<?> factory) {
        return new PluginOptions(
                kind.title(),
                String.valueOf(factory.getProperty(Plugins.NAME)),
                metatypes.pluginOptions(factory.getBundle(), pid(factory)));
    }

    private static String pid(ServiceReference<?> factory) {
        return String.valueOf(factory.getProperty(COMPONENT_NAME));
    }
}
