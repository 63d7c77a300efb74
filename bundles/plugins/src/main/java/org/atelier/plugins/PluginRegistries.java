package org.atelier.plugins;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelFiles;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;

/**
 * A registry for each {@link PluginKind}, kept up to date as component factories come and go. Activated at once, since a
 * bundle that was installed later may still be starting.
 */
@Component(service = PluginRegistries.class, immediate = true)
public final class PluginRegistries {

    private final Map<String, PluginRegistry<?>> byFactory;

    /** May come later than this component, and is not there in a framework without models. */
    private final AtomicReference<ModelFiles> files;

    @Activate
    public PluginRegistries(
            @Reference MetaTypeService metaTypes,
            @Reference ConfigurationAdmin configurations,
            @Reference PluginLeases leases,
            BundleContext context) {
        this(
                new PluginInspection(metaTypes, DistributionBundles.of(context)),
                configurations,
                leases,
                new IdlePlugins(() -> List.of(context.getBundles()), Instant.now()));
    }

    PluginRegistries(
            PluginInspection inspection, ConfigurationAdmin configurations, PluginLeases leases, IdlePlugins idle) {
        this.files = new AtomicReference<>();
        Predicate<String> models = this::isInstalled;
        this.byFactory = PluginKind.ALL.stream()
                .map(kind -> new PluginRegistry<>(kind, inspection, idle, configurations, leases, models))
                .collect(
                        Collectors.toUnmodifiableMap(registry -> registry.kind().factory(), Function.identity()));
    }

    @SuppressWarnings("unchecked") // created from the same kind
    public <P> PluginRegistry<P> of(PluginKind<P> kind) {
        return (PluginRegistry<P>) byFactory.get(kind.factory());
    }

    @Reference(
            target = "(" + ComponentConstants.COMPONENT_FACTORY + "=*)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bind(ComponentFactory<?> factory, ServiceReference<?> reference) {
        registry(reference).ifPresent(registry -> add(registry, factory, reference));
    }

    @SuppressWarnings("unchecked") // a factory of the kind's name makes plugins of the kind
    private static <P> void add(
            PluginRegistry<P> registry, ComponentFactory<?> factory, ServiceReference<?> reference) {
        registry.add((ComponentFactory<P>) factory, reference);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindFiles(ModelFiles there) {
        files.set(there);
    }

    void unbindFiles(ModelFiles there) {
        files.compareAndSet(there, null);
    }

    private boolean isInstalled(String model) {
        ModelFiles there = files.get();
        if (there == null) {
            return false;
        }
        try {
            there.folder(model);
            return true;
        } catch (AtelierException e) {
            return false;
        }
    }

    void unbind(ServiceReference<?> reference) {
        registry(reference).ifPresent(registry -> registry.remove(reference));
    }

    /** Empty for a factory of other components. */
    private Optional<PluginRegistry<?>> registry(ServiceReference<?> reference) {
        return Optional.ofNullable(
                byFactory.get(String.valueOf(reference.getProperty(ComponentConstants.COMPONENT_FACTORY))));
    }
}
