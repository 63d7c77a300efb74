package org.atelier.studio;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * The plugins of one kind that are here, as they come and go: component factories with a name each. Of two with one
 * name, the higher ranked serves.
 *
 * @param <P> what the factories make
 */
abstract class PluginRegistry<P> {

    private static final String COMPONENT_NAME = "component.name";

    private final String kind;
    private final NavigableMap<ServiceReference<?>, ComponentFactory<P>> factories =
            new ConcurrentSkipListMap<>(Collections.reverseOrder());
    private final MetaTypeService metaTypes;
    private final ConfigurationAdmin configurations;

    /** @param kind what a user calls the kind: {@code attention} */
    PluginRegistry(String kind, MetaTypeService metaTypes, ConfigurationAdmin configurations) {
        this.kind = kind;
        this.metaTypes = metaTypes;
        this.configurations = configurations;
    }

    final void add(ComponentFactory<P> factory, ServiceReference<?> reference) {
        factories.put(reference, factory);
    }

    final void remove(ServiceReference<?> reference) {
        factories.remove(reference);
    }

    /** In alphabetical order. */
    final List<String> names() {
        return factories.keySet().stream()
                .map(PluginRegistry::name)
                .distinct()
                .sorted()
                .toList();
    }

    /** A plugin's options, each settled, of a kind of set that prefers none. */
    final Map<String, Object> settle(String name, Map<String, Object> given, Faults faults) {
        return settle(name, given, Map.of(), faults);
    }

    /**
     * A plugin's options, each settled.
     *
     * @param given by name: Boolean, Number, String or a List of them
     * @param preferred by name: what the kind of set takes unless the user or the operator says otherwise; a plugin
     *     that has no such option is not told
     * @param faults told of an unknown name, unknown options and wrong values
     */
    final Map<String, Object> settle(
            String name, Map<String, Object> given, Map<String, Object> preferred, Faults faults) {
        Optional<ServiceReference<?>> reference = find(name);
        if (reference.isEmpty()) {
            faults.add(unknown(name));
            return given;
        }
        return options(reference.get()).settle(given, configured(reference.get()), preferred, faults);
    }

    /**
     * Takes a plugin for one set.
     *
     * @param settled every option by name
     * @throws AtelierException if it is gone or does not start
     */
    PluginLease<P> lease(String name, Map<String, Object> settled) {
        ServiceReference<?> reference =
                find(name).orElseThrow(() -> new AtelierException(INVALID_REQUEST, unknown(name)));
        ComponentFactory<P> factory = factories.get(reference);
        if (factory == null) {
            throw new AtelierException(INVALID_REQUEST, unknown(name));
        }
        return PluginLease.of(kind, name, factory, options(reference).properties(settled));
    }

    /** What a plugin says of itself by the properties of its factory; nothing where there is none of that name. */
    final Map<String, Object> properties(String name) {
        return find(name)
                .map(reference -> FrameworkUtil.asMap(reference.getProperties()))
                .orElse(Map.of());
    }

    private Optional<ServiceReference<?>> find(String name) {
        return factories.keySet().stream()
                .filter(reference -> name(reference).equals(name))
                .<ServiceReference<?>>map(Function.identity())
                .findFirst();
    }

    private String unknown(String name) {
        List<String> known = names();
        return "There is no %s '%s'; %s."
                .formatted(kind, name, known.isEmpty() ? "none is installed" : "known are " + String.join(", ", known));
    }

    private static String name(ServiceReference<?> reference) {
        return String.valueOf(reference.getProperty(Plugins.NAME));
    }

    private PluginOptions options(ServiceReference<?> reference) {
        String pid = String.valueOf(reference.getProperty(COMPONENT_NAME));
        MetaTypeInformation information = metaTypes.getMetaTypeInformation(reference.getBundle());
        if (information == null || !Arrays.asList(information.getPids()).contains(pid)) {
            return new PluginOptions(kind, name(reference), List.of());
        }
        AttributeDefinition[] definitions =
                information.getObjectClassDefinition(pid, null).getAttributeDefinitions(ObjectClassDefinition.ALL);
        return new PluginOptions(
                kind,
                name(reference),
                Arrays.stream(definitions).map(PluginOption::new).toList());
    }

    /** What the operator set in the plugin's configuration, by option id. */
    private Map<String, Object> configured(ServiceReference<?> reference) {
        try {
            Configuration[] found =
                    configurations.listConfigurations("(service.pid=" + reference.getProperty(COMPONENT_NAME) + ")");
            if (found == null) {
                return Map.of();
            }
            return FrameworkUtil.asMap(found[0].getProperties());
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration store cannot be read", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("A component's name is no value of a filter", e);
        }
    }
}
