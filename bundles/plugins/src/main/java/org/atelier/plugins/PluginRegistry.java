package org.atelier.plugins;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.PLUGIN_FAILED;
import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.Plugins;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The installed plugins of one kind: component factories, each with a name. Of several with the same name, the one with
 * the highest service ranking is used, then the newest version, so that a new version takes over when it is installed.
 * Plugins of stopping bundles are excluded.
 *
 * @param <P> type of the plugins
 */
public class PluginRegistry<P> {

    private static final Logger LOG = LoggerFactory.getLogger(PluginRegistry.class);

    private static final String COMPONENT_NAME = "component.name";

    /** How long after the removal of a plugin a new version is expected. */
    private static final Duration REPLACEMENT = Duration.ofSeconds(5);

    /** The last is the one in use. */
    static final Comparator<ServiceReference<?>> BEST = Comparator.<ServiceReference<?>>comparingInt(
                    PluginRegistry::ranking)
            .thenComparing(PluginRegistry::version)
            .thenComparing(Comparator.naturalOrder());

    private final PluginKind<P> kind;
    private final NavigableMap<ServiceReference<?>, ComponentFactory<P>> factories =
            new ConcurrentSkipListMap<>(Collections.reverseOrder());

    /** When the last plugin of a name was removed. */
    private final Map<String, Long> gone = new ConcurrentHashMap<>();

    /** Why plugins are refused. */
    private final Map<ServiceReference<?>, String> refused = new ConcurrentHashMap<>();

    private final PluginInspection inspection;
    private final IdlePlugins idle;
    private final ConfigurationAdmin configurations;
    private final PluginLeases leases;
    private final Predicate<String> models;

    /** @param models whether a model of a name is installed */
    PluginRegistry(
            PluginKind<P> kind,
            PluginInspection inspection,
            IdlePlugins idle,
            ConfigurationAdmin configurations,
            PluginLeases leases,
            Predicate<String> models) {
        this.kind = kind;
        this.idle = idle;
        this.leases = leases;
        this.models = models;
        this.inspection = inspection;
        this.configurations = configurations;
    }

    PluginKind<P> kind() {
        return kind;
    }

    /** Adds a plugin, or logs why it is refused. */
    void add(ComponentFactory<P> factory, ServiceReference<?> reference) {
        Optional<String> fault = inspection.faultOfDeployed(kind, reference);
        if (fault.isPresent()) {
            refused.put(reference, fault.get());
            LOG.warn("{}", fault.get());
        } else {
            factories.put(reference, factory);
            gone.remove(name(reference));
        }
    }

    void remove(ServiceReference<?> reference) {
        refused.remove(reference);
        factories.remove(reference);
        gone.put(name(reference), System.nanoTime());
    }

    /** The names of the plugins, in alphabetical order. */
    public List<String> names() {
        return offered().map(PluginRegistry::name).distinct().sorted().toList();
    }

    /** The plugin that is used if a request names none: the first by name. */
    public Optional<String> defaultName() {
        return names().stream().findFirst();
    }

    /** As {@link #resolve(String, Map, Map, Faults)}; the default model, if any, is preferred. */
    public Map<String, Object> resolve(String name, Map<String, Object> given, Faults faults) {
        return resolve(name, given, PluginModels.NONE, faults);
    }

    /** As {@link #resolve(String, Map, Faults)}; a model that is suggested for the plugin comes before its own defaults. */
    public Map<String, Object> resolve(String name, Map<String, Object> given, PluginModels suggested, Faults faults) {
        return resolve(name, given, defaultModel(name, suggested), faults);
    }

    /**
     * Of the suggested model and those that a plugin declares as defaults the first that is installed, else the first that is
     * declared; by the option's name.
     */
    private Map<String, Object> defaultModel(String name, PluginModels suggested) {
        Map<String, Object> properties = properties(name);
        if (!(properties.get(Plugins.MODEL) instanceof String option)) {
            return Map.of();
        }
        List<String> declared = texts(properties.get(Plugins.MODEL_DEFAULTS));
        Optional<String> installed = Stream.concat(suggested.of(name).stream(), declared.stream())
                .filter(models)
                .findFirst();
        return installed
                .or(() -> declared.stream().findFirst())
                .<Map<String, Object>>map(model -> Map.of(option, model))
                .orElse(Map.of());
    }

    private static List<String> texts(Object property) {
        if (property instanceof String[] several) {
            return List.of(several);
        }
        return property instanceof String text ? List.of(text) : List.of();
    }

    /**
     * Returns all options of a plugin, each with the given value, else the configured, else the preferred, else its
     * default.
     *
     * @param given by name: Boolean, Number, String or a List of them
     * @param preferred by name: defaults for this kind of set; options that the plugin does not have are ignored
     * @param faults collects an unknown name, unknown options and invalid values
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
     * @throws AtelierException if it is no longer installed or does not start
     */
    public PluginLease<P> lease(String name, Map<String, Object> options) {
        return lease(name, Set.of(options)).get(options);
    }

    /**
     * Leases several instances of a plugin for one set, all of one version.
     *
     * @param variants for each instance, every option by name
     * @return the instances by their options
     * @throws AtelierException if it is no longer installed or does not start
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
                PluginLease<P> lease = PluginLease.of(kind, offered, factory, options.properties(variant), leases);
                leased.put(variant, lease);
                kind.probe().accept(lease.plugin());
            }
            return leased;
        } catch (RuntimeException e) {
            leased.values().forEach(PluginLease::close);
            throw factories.containsKey(reference) ? e : absent(name);
        }
    }

    private Stream<ServiceReference<?>> offered() {
        return factories.keySet().stream().filter(reference -> !PluginLeases.isStopping(reference.getBundle()));
    }

    /** The properties of a plugin's component factory; empty if no plugin of that name is installed. */
    Map<String, Object> properties(String name) {
        return find(name)
                .map(reference -> FrameworkUtil.asMap(reference.getProperties()))
                .orElse(Map.of());
    }

    /**
     * The model that a plugin uses.
     *
     * @param given options by name, as in a request
     * @param suggested models that come before the plugin's own defaults
     * @return its name or folder; empty if the plugin has no model or is not installed, or if the options are invalid
     */
    public Optional<String> model(String name, Map<String, Object> given, PluginModels suggested) {
        if (!(properties(name).get(Plugins.MODEL) instanceof String option)) {
            return Optional.empty();
        }
        Faults faults = new Faults();
        Object model = resolve(name, given, suggested, faults).get(option);
        return faults.isEmpty() && model instanceof String text && !text.isBlank()
                ? Optional.of(text)
                : Optional.empty();
    }

    /** As {@link #model(String, Map, PluginModels)}, without suggestions. */
    public Optional<String> model(String name, Map<String, Object> given) {
        return model(name, given, PluginModels.NONE);
    }

    /** Whether a plugin declares a property of {@link Plugins} with the value {@code true}. */
    public boolean declares(String name, String property) {
        return "true".equals(properties(name).get(property));
    }

    private Optional<ServiceReference<?>> find(String name) {
        return offered().filter(reference -> name(reference).equals(name)).max(BEST);
    }

    /** While a plugin is installed or updated, there is briefly no version of it. */
    private AtelierException absent(String name) {
        Optional<ServiceReference<?>> stopping = factories.keySet().stream()
                .filter(reference -> name(reference).equals(name))
                .findFirst();
        Optional<String> fault = refused.entrySet().stream()
                .filter(plugin -> name(plugin.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
        if (stopping.isEmpty() && fault.isPresent()) {
            return new AtelierException(PLUGIN_FAILED, fault.get());
        }
        if (stopping.isEmpty() && !isJustGone(name) && !idle.isStarting(kind, name)) {
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
        Optional<Bundle> bundle = idle.find(kind, name);
        if (bundle.isPresent()) {
            return "The %s does not run; 'atelier doctor' says why."
                    .formatted(new OfferedPlugin(kind, name, bundle.get()).identity());
        }
        List<String> known = names();
        return "There is no %s '%s'; %s."
                .formatted(
                        kind.title(),
                        name,
                        known.isEmpty() ? "none is installed" : "available: " + String.join(", ", known));
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
            return inspection.options(kind, reference);
        } catch (RuntimeException e) {
            // The metatype of a bundle that has just been uninstalled cannot be read.
            throw factories.containsKey(reference) ? e : absent(name(reference));
        }
    }

    /** The values in the plugin's configuration, by option id. */
    private Map<String, Object> configured(ServiceReference<?> reference) {
        try {
            Object shared = reference.getProperty(Plugins.CONFIGURATION);
            Object pid = shared == null ? reference.getProperty(COMPONENT_NAME) : shared;
            Configuration[] found = configurations.listConfigurations("(service.pid=" + pid + ")");
            if (found == null) {
                return Map.of();
            }
            return FrameworkUtil.asMap(found[0].getProperties());
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration store cannot be read", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("The component's name is not valid in a filter", e);
        }
    }
}
