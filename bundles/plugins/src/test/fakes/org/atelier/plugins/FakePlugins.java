package org.atelier.plugins;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.sampling.NoiseLevel;
import org.atelier.api.sampling.Sampler;
import org.atelier.api.sampling.Solver;
import org.atelier.api.sampling.StepInput;
import org.atelier.api.sampling.StepResult;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Registries filled with fake plugins; records every instance of an attention strategy. */
public final class FakePlugins {

    private static final String COMPONENT = "test.Attention";
    private static final String WRAPPING = "test.Wrapping";
    private static final String READING = "test.reading.";

    public final List<Map<String, Object>> started = new ArrayList<>();
    public final List<AttentionStrategy> disposed = new ArrayList<>();

    private final PluginRegistries registries = empty();

    /**
     * Installs the attention {@code shared}, whose options are {@code adainQueries} and {@code scoreScale}, with
     * references 0.5 by default and with panoramas 0.75, and whose strengths are {@code subtle} and {@code strong}; {@code none}; and the
     * samplers {@code ddim} and {@code euler}, without options.
     */
    public FakePlugins() {
        bind(
                PluginKind.ATTENTION,
                factoryOf(layer -> call -> Attention.plain().attend(call)),
                reference(
                        "shared",
                        COMPONENT,
                        1,
                        Map.of(
                                Plugins.WITHOUT_EFFECT,
                                "adain-queries",
                                Plugins.WITH_REFERENCES + "score-scale",
                                "0.5",
                                Plugins.WITH_PANORAMAS + "score-scale",
                                "0.75",
                                Plugins.STRENGTH,
                                new String[] {"subtle: score-scale=0.25, adain-queries=false", "strong: score-scale=2.0"
                                },
                                Plugins.STRENGTH_WITH_REFERENCES,
                                "strong: score-scale=4.0")));
        bind(PluginKind.ATTENTION, factoryOf(new Alone()), reference("none", "test.Other", 2, Map.of()));
        bind(PluginKind.SAMPLER, idle(), reference("ddim", "test.Sampler", 1, Map.of()));
        bind(PluginKind.SAMPLER, idle(), reference("euler", "test.Sampler", 2, Map.of()));
    }

    /** The registries of all kinds. */
    public PluginRegistries registries() {
        return registries;
    }

    /** Registries of all kinds without plugins. */
    static PluginRegistries empty() {
        return new PluginRegistries(
                new PluginInspection(new Types(ATTRIBUTES), DistributionBundles.NONE),
                new NoConfigurations(),
                leases(),
                new IdlePlugins(List::of, Instant.now()));
    }

    public PluginRegistry<AttentionStrategy> strategies() {
        return registries.of(PluginKind.ATTENTION);
    }

    /** Installs a plugin. */
    public <P> void bind(PluginKind<P> kind, ComponentFactory<P> factory, ServiceReference<?> reference) {
        registries.of(kind).add(factory, reference);
    }

    /** Attends to its own image only. */
    private static final class Alone implements AttentionStrategy {

        @Override
        public Attention at(AttentionLayer layer) {
            return Attention.plain();
        }

        @Override
        public Coupling coupling() {
            return Coupling.NONE;
        }
    }

    /** Leases without a drain timeout. */
    public static PluginLeases leases() {
        return new PluginLeases(new FakeSettings(0, 60), new StartLog(), null);
    }

    /** A factory of samplers that change nothing. */
    private static ComponentFactory<Sampler> idle() {
        return factory(() -> (schedule, steps) -> new IdleSolver(steps));
    }

    /** A solver that changes nothing. */
    private record IdleSolver(int steps) implements Solver {

        @Override
        public double timestep(int step) {
            return steps - step;
        }

        @Override
        public NoiseLevel level(int step) {
            return NoiseLevel.ofSigma(1);
        }

        @Override
        public StepResult step(StepInput input) {
            return new StepResult(input.latents(), input.latents());
        }
    }

    /** A factory of blends that keep references separate. */
    public static ComponentFactory<StyleBlend> apart() {
        return factory(() -> references -> Optional.empty());
    }

    /** A factory that creates a new instance on each call. */
    public static <P> ComponentFactory<P> factory(Supplier<P> plugin) {
        return properties -> new ComponentInstance<>() {
            private final P made = plugin.get();

            @Override
            public void dispose() {}

            @Override
            public P getInstance() {
                return made;
            }
        };
    }

    public static ServiceReference<?> reference(String name, long id) {
        return reference(name, COMPONENT, id, Map.of());
    }

    /** A strategy with the options of {@code shared} that declares one as without effect. */
    public static ServiceReference<?> withoutEffect(String name, String declared, long id) {
        return reference(name, COMPONENT, id, Map.of(Plugins.WITHOUT_EFFECT, declared));
    }

    /** A plugin without options. */
    public static ServiceReference<?> withoutOptions(String name, long id) {
        return reference(name, "test.Other", id, Map.of());
    }

    /** A reference to a blend that keeps references separate. */
    public static ServiceReference<?> separate(String name, long id) {
        return reference(name, "test.Other", id, Map.of(Plugins.SEPARATE, "true"));
    }

    /** A strategy with the options {@code of} and {@code options}, for a wrapped strategy. */
    static ServiceReference<?> wrapping(String name, long id) {
        return reference(name, WRAPPING, id, Map.of(Plugins.WRAPPED, "of", Plugins.WRAPPED_OPTIONS, "options"));
    }

    /** A plugin that reads files with a model; the default of its option {@code model} is {@code tiny-NAME}. */
    public static ServiceReference<?> reading(String name, long id) {
        return reference(name, READING + name, id, Map.of(Plugins.MODEL, "model", Plugins.INPUT, Plugins.FILE));
    }

    /** As {@link #reading}, with several models of which the first that is installed is the default. */
    static ServiceReference<?> readingOneOf(String name, long id, String... models) {
        return reference(
                name, READING + name, id, Map.of(Plugins.MODEL, "model", Plugins.MODEL_DEFAULTS, models));
    }

    /** The service reference of a component factory, as Declarative Services registers it. */
    static ServiceReference<?> made(String factory, String name, long id) {
        return reference(name, COMPONENT, id, Map.of(ComponentConstants.COMPONENT_FACTORY, factory));
    }

    private static ServiceReference<?> reference(String name, String component, long id, Map<String, Object> about) {
        Map<String, Object> properties = new HashMap<>(about);
        properties.put(Plugins.NAME, name);
        properties.put("component.name", component);
        return new Reference(properties, id);
    }

    /** A factory that returns a given strategy and records the call. */
    public ComponentFactory<AttentionStrategy> factoryOf(AttentionStrategy strategy) {
        return properties -> start(strategy, properties);
    }

    private ComponentInstance<AttentionStrategy> start(AttentionStrategy strategy, Dictionary<String, ?> properties) {
        started.add(Map.copyOf(FrameworkUtil.asMap(properties)));
        return new ComponentInstance<>() {
            @Override
            public void dispose() {
                disposed.add(strategy);
            }

            @Override
            public AttentionStrategy getInstance() {
                return strategy;
            }
        };
    }

    /** A factory of strategies that fail to start. */
    static ComponentFactory<AttentionStrategy> failing() {
        return properties -> {
            throw new ComponentException("constructor failed");
        };
    }

    private record Reference(Map<String, Object> properties, long id) implements ServiceReference<Object> {

        @Override
        public Object getProperty(String key) {
            return properties.get(key);
        }

        @Override
        public String[] getPropertyKeys() {
            return properties.keySet().toArray(String[]::new);
        }

        @Override
        public Bundle getBundle() {
            return null;
        }

        @Override
        public Bundle[] getUsingBundles() {
            return null;
        }

        @Override
        public boolean isAssignableTo(Bundle bundle, String className) {
            return true;
        }

        /** As in OSGi: of services with equal ranking, the older one is greater. */
        @Override
        public int compareTo(Object other) {
            return Long.compare(((Reference) other).id(), id);
        }

        @Override
        public Dictionary<String, Object> getProperties() {
            return FrameworkUtil.asDictionary(properties);
        }

        @Override
        public <A> A adapt(Class<A> type) {
            return null;
        }
    }

    private static final List<AttributeDefinition> ATTRIBUTES = List.of(
            FakeAttribute.of("adainQueries", AttributeDefinition.BOOLEAN, "true"),
            FakeAttribute.of("scoreScale", AttributeDefinition.DOUBLE, "1.0"));
    private static final List<AttributeDefinition> WRAPPING_ATTRIBUTES = List.of(
            FakeAttribute.of("of", AttributeDefinition.STRING, "shared"),
            FakeAttribute.list("options", AttributeDefinition.STRING, null));

    private record Types(List<AttributeDefinition> attributes)
            implements MetaTypeService, MetaTypeInformation, ObjectClassDefinition {

        @Override
        public MetaTypeInformation getMetaTypeInformation(Bundle bundle) {
            return this;
        }

        @Override
        public String[] getPids() {
            return new String[] {COMPONENT, WRAPPING, READING + "picture", READING + "brief", READING + "depth"};
        }

        @Override
        public String[] getFactoryPids() {
            return new String[0];
        }

        @Override
        public Bundle getBundle() {
            return null;
        }

        @Override
        public ObjectClassDefinition getObjectClassDefinition(String id, String locale) {
            if (id.startsWith(READING)) {
                String model = "tiny-" + id.substring(READING.length());
                return new Types(List.of(FakeAttribute.of("model", AttributeDefinition.STRING, model)));
            }
            return new Types(id.equals(WRAPPING) ? WRAPPING_ATTRIBUTES : ATTRIBUTES);
        }

        @Override
        public String[] getLocales() {
            return new String[] {Locale.ROOT.toString()};
        }

        @Override
        public String getName() {
            return COMPONENT;
        }

        @Override
        public String getID() {
            return COMPONENT;
        }

        @Override
        public String getDescription() {
            return COMPONENT;
        }

        @Override
        public AttributeDefinition[] getAttributeDefinitions(int filter) {
            return attributes.toArray(AttributeDefinition[]::new);
        }

        @Override
        public InputStream getIcon(int size) {
            return null;
        }
    }

    private static final class NoConfigurations implements ConfigurationAdmin {

        @Override
        public Configuration createFactoryConfiguration(String factoryPid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Configuration createFactoryConfiguration(String factoryPid, String location) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Configuration getConfiguration(String pid, String location) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Configuration getConfiguration(String pid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Configuration getFactoryConfiguration(String factoryPid, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Configuration[] listConfigurations(String filter) {
            return null;
        }
    }
}
