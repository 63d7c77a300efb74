package org.atelier.plugins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.atelier.api.Plugins;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.plugins.options.PluginMetatypes;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists every component that is a plugin factory, usable or not. */
@Component
public final class InstalledPlugins implements PluginCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledPlugins.class);

    private static final int MOST_ATTEMPTS = 10;

    private static final String REFUSED = "refused";

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final PluginMetatypes metatypes;
    private final PluginInspection inspection;

    /** A component with its sort keys. */
    private record Found(PluginDescription description, boolean ready, ServiceReference<?> service) {}

    @Activate
    public InstalledPlugins(
            @Reference ServiceComponentRuntime components,
            @Reference MetaTypeService metaTypeService,
            BundleContext context) {
        this.components = components;
        this.metatypes = new PluginMetatypes(metaTypeService);
        this.inspection = new PluginInspection(metaTypeService, DistributionBundles.of(context));
        this.context = context;
    }

    /** Retries if a plugin is installed or removed meanwhile. */
    @Override
    public List<PluginDescription> plugins() {
        for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                return described();
            } catch (RuntimeException e) {
                LOG.debug("The plugins changed while they were listed", e);
            }
        }
        return described();
    }

    private List<PluginDescription> described() {
        List<Found> found = components.getComponentDescriptionDTOs().stream()
                .flatMap(component ->
                        PluginKind.ofFactory(component.factory).map(kind -> found(component, kind)).stream())
                .sorted(Comparator.comparing((Found plugin) -> plugin.description.id())
                        .thenComparing(Comparator.comparing(Found::ready).reversed())
                        .thenComparing(Found::service, Comparator.nullsLast(PluginRegistry.BEST.reversed())))
                .toList();
        List<PluginDescription> all = new ArrayList<>();
        String before = "";
        for (Found plugin : found) {
            boolean superseded = plugin.ready && plugin.description.id().equals(before);
            all.add(superseded ? superseded(plugin.description) : plugin.description);
            before = plugin.description.id();
        }
        return all;
    }

    private Found found(ComponentDescriptionDTO component, PluginKind<?> kind) {
        Bundle bundle = context.getBundle(component.bundle.id);
        ServiceReference<?> service = service(component);
        String state = state(component, bundle, service);
        PluginDescription description = new PluginDescription(
                kind.title(),
                name(component),
                bundle.getVersion().toString(),
                bundle.getSymbolicName(),
                state,
                metatypes.title(bundle, component.name),
                metatypes.description(bundle, component.name),
                metatypes.options(bundle, component.name));
        return new Found(description, state.equals("ready"), service);
    }

    private static String name(ComponentDescriptionDTO component) {
        Object name = component.factoryProperties.get(Plugins.NAME);
        return name == null ? String.valueOf(component.properties.get(Plugins.NAME)) : name.toString();
    }

    private String state(ComponentDescriptionDTO component, Bundle bundle, ServiceReference<?> service) {
        if (PluginLeases.isStopping(bundle)) {
            return "stopping";
        }
        if (service != null) {
            boolean refused = PluginKind.ofFactory(component.factory)
                    .flatMap(kind -> inspection.faultOfDeployed(kind, service))
                    .isPresent();
            return refused ? REFUSED : "ready";
        }
        for (ReferenceDTO reference : component.references) {
            if (reference.cardinality.startsWith("1") && !isHere(reference)) {
                return "needs " + reference.interfaceName;
            }
        }
        return "disabled";
    }

    private boolean isHere(ReferenceDTO reference) {
        try {
            return context.getAllServiceReferences(reference.interfaceName, reference.target) != null;
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    @SuppressWarnings("rawtypes") // factories are registered under the raw type
    private ServiceReference<?> service(ComponentDescriptionDTO component) {
        try {
            Collection<ServiceReference<ComponentFactory>> factories = context.getServiceReferences(
                    ComponentFactory.class, "(component.factory=" + component.factory + ")");
            return factories.stream()
                    .filter(factory -> component.name.equals(factory.getProperty("component.name")))
                    .filter(factory ->
                            factory.getBundle() != null && factory.getBundle().getBundleId() == component.bundle.id)
                    .findFirst()
                    .orElse(null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("The component factory's name is not valid in a filter", e);
        }
    }

    private static PluginDescription superseded(PluginDescription plugin) {
        return new PluginDescription(
                plugin.kind(),
                plugin.name(),
                plugin.version(),
                plugin.bundle(),
                "superseded",
                plugin.title(),
                plugin.description(),
                plugin.options());
    }
}
