package org.atelier.plugins;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.PLUGIN_FAILED;
import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.Plugins;
import org.atelier.plugins.options.PluginOption;
import org.atelier.plugins.options.PluginOptions;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * The plugins of one kind that are here, as they come and go: component factories with a name each. Of two with one
 * name the higher ranked serves, else the newer version, so that a version takes over when it comes. What stops is
 * offered no more.
 *
 * @param <P> what the factories make
 */
public class PluginRegistry<P> {

    private static final String COMPONENT_NAME = "component.name";

    /** So long after a plugin went it may be that its new version has not come yet. */
    private static final Duration REPLACEMENT = Duration.ofSeconds(5);

    /** The last is the one that serves. */
    static final Comparator<ServiceReference<?>> BEST = Comparator.<ServiceReference<?>>comparingInt(
                    PluginRegistry::ranking)
            .thenComparing(PluginRegistry::version)
            .thenComparing(Comparator.naturalOrder());

    private final PluginKind<P> kind;
    private final NavigableMap<ServiceReference<?>, ComponentFactory<P>> factories =
            new ConcurrentSkipListMap<>(Collections.reverseOrder());

    /** When the last plugin of a name went. */
    private final Map<String, Long> gone = new ConcurrentHashMap<>();

    private final MetaTypeService metaTypes;
    private final ConfigurationAdmin configurations;
    private final PluginLeases leases;

    PluginRegistry(
            PluginKind<P> kind, MetaTypeService metaTypes, ConfigurationAdmin configurations, PluginLeases leases) {
        this.kind = kind;
        this.leases = leases;
        this.metaTypes = metaTypes;
        this.configurations = configurations;
    }

    PluginKind<P> kind() {
        return kind;
    }

    void add(ComponentFactory<P> factory, ServiceReference<?> reference) {
        factories.put(reference, factory);
        gone.remove(name(reference));
    }

    void remove(ServiceReference<?> reference) {
        factories.remove(reference);
        gone.put(name(reference), System.nanoTime());
    }

    /** In alphabetical order. */
    public List<String> names() {
        return offered().map(PluginRegistry::name).distinct().sorted().toList();
    }

    /** The plugin that serves where a request chooses none: the first by name. */
    public Optional<String> defaultName() {
        return names().stream().findFirst();
    }

    /** As {@link #resolve(String, Map, Map, Faults)} with no preferred values. */
    public Map<String, Object> resolve(String name, Map<String, Object> given, Faults faults) {
        return resolve(name, given, Map.of(), faults);
    }

    /**
     * A plugin's options, each with the value that is given, else configured, else preferred, else its default.
     *
     * @param given by name: Boolean, Number, String or a List of them
     * @param preferred by name: defaults of this kind of set; those that the plugin does not have are ignored
     * @param faults collects an unknown name, unknown options and wrong values
     */
    public Map<String, Object> resolve(
            String name, Map<String, Object> given, Map<String, Object> preferred, Faults faults) {
        Optional<ServiceReference<?>> reference = find(name);
        if (reference.isEmpty()) {
            faults.add(absent(name));
            return given;
        }
        return options(reference.get()).resolve(given, configured(reference.get()), preferred, faults);
    }

    /**
     * Leases a plugin for one set.
     *
     * @param options every option by name
     * @throws AtelierException if it is gone or does not start
     */
    public PluginLease<P> lease(String name, Map<String, Object> options) {
        return lease(name, Set.of(options)).get(options);
    }

    /**
     * Leases several instances of a plugin for one set, all of one version.
     *
     * @param variants every option by name, of each instance
     * @return the instances by their options
     * @throws AtelierException if it is gone or does not start
     */
    public Map<Map<String, Object>, PluginLease<P>> lease(String name, Set<Map<String, Object>> variants) {
        ServiceReference<?> reference = find(name).orElseThrow(() -> absent(name));
        ComponentFactory<P> factory = factories.get(reference);
        if (factory == null) {
            throw absent(name);
        }
        OfferedPlugin offered = new OfferedPlugin(kind, name, reference.getBundle());
        PluginOptions options = options(reference);
        Map<Map<String, Object>, PluginLease<P>> leased = new LinkedHashMap<>();
        try {
            for (Map<String, Object> variant : variants) {
                PluginLease<P> lease = PluginLease.of(offered, factory, options.properties(variant), leases);
                leased.put(variant, lease);
                kind.probe().accept(lease.plugin());
            }
            return leased;
        } catch (LinkageError e) {
            leased.values().forEach(PluginLease::close);
            throw new AtelierException(PLUGIN_FAILED, offered.notStarted("it lacks a class, " + e.getMessage()), e);
        } catch (RuntimeException e) {
            leased.values().forEach(PluginLease::close);
            throw factories.containsKey(reference) ? e : absent(name);
        }
    }

    private Stream<ServiceReference<?>> offered() {
        return factories.keySet().stream().filter(reference -> !PluginLeases.isStopping(reference.getBundle()));
    }

    /** The properties of a plugin's component factory; none where no plugin of that name is installed. */
    Map<String, Object> properties(String name) {
        return find(name)
                .map(reference -> FrameworkUtil.asMap(reference.getProperties()))
                .orElse(Map.of());
    }

    /**
     * The model that a plugin reads with.
     *
     * @param given options by name, as a set gives them
     * @return its name or folder; empty for a plugin that has none or is not here, and for options that are at fault
     */
    public Optional<String> model(String name, Map<String, Object> given) {
        if (!(properties(name).get(Plugins.MODEL) instanceof String option)) {
            return Optional.empty();
        }
        Faults faults = new Faults();
        Object model = resolve(name, given, faults).get(option);
        return faults.isEmpty() && model instanceof String text && !text.isBlank()
                ? Optional.of(text)
                : Optional.empty();
    }

    private Optional<ServiceReference<?>> find(String name) {
        return offered().filter(reference -> name(reference).equals(name)).max(BEST);
    }

    /** Between the old version's stop and the new one's start there is none, for a moment. */
    private AtelierException absent(String name) {
        Optional<ServiceReference<?>> stopping = factories.keySet().stream()
                .filter(reference -> name(reference).equals(name))
                .findFirst();
        if (stopping.isEmpty() && !isJustGone(name)) {
            return new AtelierException(INVALID_REQUEST, unknown(name));
        }
        Bundle bundle = stopping.map(ServiceReference::getBundle).orElse(null);
        return new AtelierException(PLUGIN_WITHDRAWN, new OfferedPlugin(kind, name, bundle).beingReplaced());
    }

    private boolean isJustGone(String name) {
        Long since = gone.get(name);
        return since != null && System.nanoTime() - since < REPLACEMENT.toNanos();
    }

    private String unknown(String name) {
        List<String> known = names();
        return "There is no %s '%s'; %s."
                .formatted(
                        kind.title(),
                        name,
                        known.isEmpty() ? "none is installed" : "known are " + String.join(", ", known));
    }

    private static String name(ServiceReference<?> reference) {
        return String.valueOf(reference.getProperty(Plugins.NAME));
    }

    private static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    private static Version version(ServiceReference<?> reference) {
        return reference.getBundle() == null
                ? Version.emptyVersion
                : reference.getBundle().getVersion();
    }

    private PluginOptions options(ServiceReference<?> reference) {
        try {
            return optionsOf(reference);
        } catch (RuntimeException e) {
            // What belongs to a bundle that goes in this moment cannot be read.
            throw factories.containsKey(reference) ? e : absent(name(reference));
        }
    }

    private PluginOptions optionsOf(ServiceReference<?> reference) {
        String pid = String.valueOf(reference.getProperty(COMPONENT_NAME));
        MetaTypeInformation information = metaTypes.getMetaTypeInformation(reference.getBundle());
        if (information == null || !Arrays.asList(information.getPids()).contains(pid)) {
            return new PluginOptions(kind.title(), name(reference), List.of());
        }
        AttributeDefinition[] definitions =
                information.getObjectClassDefinition(pid, null).getAttributeDefinitions(ObjectClassDefinition.ALL);
        return new PluginOptions(
                kind.title(),
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
