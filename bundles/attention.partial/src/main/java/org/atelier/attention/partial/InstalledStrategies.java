package org.atelier.attention.partial;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.atelier.api.attention.AttentionStrategy;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** The other strategies of the system, by name. */
final class InstalledStrategies {

    private static final String FILTER = "(component.factory=" + AttentionStrategy.FACTORY + ")";

    private final BundleContext context;
    private final MetaTypeService metaTypes;

    InstalledStrategies(BundleContext context, MetaTypeService metaTypes) {
        this.context = context;
        this.metaTypes = metaTypes;
    }

    /**
     * Starts a strategy, to be disposed of by the caller.
     *
     * @param options each KEY=VALUE
     * @throws AtelierException if there is none of that name, if it does not take the options, or does not start
     */
    ComponentInstance<AttentionStrategy> start(String name, List<String> options) {
        ServiceReference<?> reference = find(name);
        Map<String, Object> properties = new WrappedOptions(name, definitions(reference)).properties(options);
        ComponentFactory<AttentionStrategy> factory = factory(reference);
        if (factory == null) {
            throw new AtelierException(PLUGIN_WITHDRAWN, notStarted(name));
        }
        try {
            return factory.newInstance(FrameworkUtil.asDictionary(properties));
        } catch (ComponentException e) {
            throw new AtelierException(PLUGIN_WITHDRAWN, notStarted(name), e);
        } finally {
            context.ungetService(reference);
        }
    }

    @SuppressWarnings("unchecked") // what the filter finds makes attention strategies
    private ComponentFactory<AttentionStrategy> factory(ServiceReference<?> reference) {
        return (ComponentFactory<AttentionStrategy>) context.getService(reference);
    }

    /** Of two with one name, the higher ranked. */
    private ServiceReference<?> find(String name) {
        Map<String, ServiceReference<?>> others = others();
        ServiceReference<?> found = others.get(name);
        if (found == null) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The attention 'partial' cannot be of '%s'; %s."
                            .formatted(
                                    name,
                                    others.isEmpty()
                                            ? "no other is installed"
                                            : "known are "
                                                    + others.keySet().stream()
                                                            .sorted()
                                                            .collect(Collectors.joining(", "))));
        }
        return found;
    }

    @SuppressWarnings("rawtypes") // factories are registered under the raw type
    private Map<String, ServiceReference<?>> others() {
        try {
            Collection<ServiceReference<ComponentFactory>> found =
                    context.getServiceReferences(ComponentFactory.class, FILTER);
            return found.stream()
                    .sorted(Comparator.reverseOrder())
                    .filter(reference -> !name(reference).equals(PartialSharing.NAME))
                    .collect(Collectors.toMap(
                            InstalledStrategies::name, reference -> reference, (first, next) -> first));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(ServiceReference<?> reference) {
        return String.valueOf(reference.getProperty(Plugins.NAME));
    }

    private List<AttributeDefinition> definitions(ServiceReference<?> reference) {
        String pid = String.valueOf(reference.getProperty(ComponentConstants.COMPONENT_NAME));
        MetaTypeInformation information = metaTypes.getMetaTypeInformation(reference.getBundle());
        if (information == null || !List.of(information.getPids()).contains(pid)) {
            return List.of();
        }
        return List.of(
                information.getObjectClassDefinition(pid, null).getAttributeDefinitions(ObjectClassDefinition.ALL));
    }

    private static String notStarted(String name) {
        return "The attention '" + name + "' did not start; the log says why. Choose another with of=NAME.";
    }
}
