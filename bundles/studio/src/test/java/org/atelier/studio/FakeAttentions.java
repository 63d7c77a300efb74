package org.atelier.studio;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.SelfAttentionLayer;
import org.atelier.api.blend.StyleBlend;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Attention plugins as a framework would offer them, of which every instance is remembered. */
final class FakeAttentions {

    private static final String COMPONENT = "test.Attention";

    final List<Map<String, Object>> started = new ArrayList<>();
    final List<AttentionStrategy> disposed = new ArrayList<>();

    /** A registry with {@code shared}, whose options are {@code scoreScale} and {@code adainQueries}, and {@code none}. */
    AttentionStrategies registry() {
        AttentionStrategies strategies = new AttentionStrategies(new Types(), new NoConfigurations());
        strategies.bind(factoryOf(layer -> Attention.plain()), new Reference("shared", COMPONENT, 1));
        strategies.bind(factoryOf(new Alone()), new Reference("none", "test.Other", 2));
        return strategies;
    }

    /** Takes nothing from any other picture. */
    private static final class Alone implements AttentionStrategy {

        @Override
        public Attention at(SelfAttentionLayer layer) {
            return Attention.plain();
        }

        @Override
        public Coupling coupling() {
            return Coupling.NONE;
        }
    }

    /** A registry of blends without any. */
    static StyleBlends blends() {
        return new StyleBlends(new Types(), new NoConfigurations());
    }

    /** A registry of context plugins without any. */
    static ContextSources contextSources() {
        return new ContextSources(new Types(), new NoConfigurations());
    }

    /** A registry of summarizers without any. */
    static TextSummarizers summarizers() {
        return new TextSummarizers(new Types(), new NoConfigurations());
    }

    /** A factory of blends that keep references apart. */
    static ComponentFactory<StyleBlend> apart() {
        return properties -> new ComponentInstance<>() {
            @Override
            public void dispose() {}

            @Override
            public StyleBlend getInstance() {
                return references -> Optional.empty();
            }
        };
    }

    static ServiceReference<?> reference(String name, long id) {
        return new Reference(name, COMPONENT, id);
    }

    /** A factory that gives out a strategy and remembers that it did. */
    ComponentFactory<AttentionStrategy> factoryOf(AttentionStrategy strategy) {
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

    private record Reference(String name, String component, long id) implements ServiceReference<Object> {

        @Override
        public Object getProperty(String key) {
            return getProperties().get(key);
        }

        @Override
        public String[] getPropertyKeys() {
            return new String[] {Plugins.NAME, "component.name"};
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

        /** As in a framework: of equal ranking, the older service is the greater. */
        @Override
        public int compareTo(Object other) {
            return Long.compare(((Reference) other).id(), id);
        }

        @Override
        public Dictionary<String, Object> getProperties() {
            return FrameworkUtil.asDictionary(Map.of(Plugins.NAME, name, "component.name", component));
        }

        @Override
        public <A> A adapt(Class<A> type) {
            return null;
        }
    }

    private static final class Types implements MetaTypeService, MetaTypeInformation, ObjectClassDefinition {

        @Override
        public MetaTypeInformation getMetaTypeInformation(Bundle bundle) {
            return this;
        }

        @Override
        public String[] getPids() {
            return new String[] {COMPONENT};
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
            return this;
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
            return new AttributeDefinition[] {
                FakeAttribute.of("adainQueries", AttributeDefinition.BOOLEAN, "true"),
                FakeAttribute.of("scoreScale", AttributeDefinition.DOUBLE, "1.0")
            };
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
