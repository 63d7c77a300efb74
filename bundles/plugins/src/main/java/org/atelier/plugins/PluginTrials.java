package org.atelier.plugins;

import static org.atelier.api.AtelierException.Code.PLUGIN_FAILED;
import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.plugin.PluginTrial;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeService;

/** Starts plugins for a test, with a lease, so that their bundles do not stop meanwhile. */
@Component
public final class PluginTrials implements PluginTrial {

    private final BundleContext context;
    private final PluginLeases leases;
    private final PluginInspection inspection;

    /** Plugins whose start timed out. Each occupies a thread, so they are not started again. */
    private final Map<Version, String> neverReady = new ConcurrentHashMap<>();

    /** A plugin of one version of its bundle. */
    private record Version(String plugin, long bundle, long modified) {}

    @Activate
    public PluginTrials(@Reference PluginLeases leases, @Reference MetaTypeService metaTypes, BundleContext context) {
        this.leases = leases;
        this.inspection = new PluginInspection(metaTypes, DistributionBundles.of(context));
        this.context = context;
    }

    @Override
    public void start(PluginDescription plugin) {
        PluginKind.ofTitle(plugin.kind()).ifPresent(kind -> start(plugin, kind));
    }

    private <P> void start(PluginDescription plugin, PluginKind<P> kind) {
        ServiceReference<?> reference = find(plugin, kind.factory())
                .orElseThrow(() -> new AtelierException(
                        PLUGIN_WITHDRAWN,
                        "The %s '%s' is no longer installed.".formatted(plugin.kind(), plugin.name())));
        inspection.fault(kind, reference).ifPresent(fault -> {
            throw new AtelierException(PLUGIN_FAILED, fault);
        });
        Bundle bundle = reference.getBundle();
        Version version = new Version(plugin.id(), bundle.getBundleId(), bundle.getLastModified());
        String known = neverReady.get(version);
        if (known != null) {
            throw new AtelierException(PLUGIN_FAILED, known);
        }
        @SuppressWarnings("unchecked") // found by the factory's name
        ComponentFactory<P> made = (ComponentFactory<P>) context.getService(reference);
        try {
            if (made != null) {
                OfferedPlugin offered = new OfferedPlugin(kind, plugin.name(), bundle);
                PluginLease.of(kind, offered, made, Map.of(), leases).close();
            }
        } catch (AtelierException e) {
            if (e.getCause() instanceof TimeoutException) {
                neverReady.put(version, e.getMessage());
            }
            throw e;
        } finally {
            context.ungetService(reference);
        }
    }

    @SuppressWarnings("rawtypes") // factories are registered under the raw type
    private Optional<ServiceReference<ComponentFactory>> find(PluginDescription plugin, String factory) {
        try {
            return context.getServiceReferences(ComponentFactory.class, "(component.factory=" + factory + ")").stream()
                    .filter(reference -> plugin.name().equals(reference.getProperty(Plugins.NAME)))
                    .filter(reference -> isOf(plugin, reference.getBundle()))
                    .findFirst();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("A kind is no value of a filter", e);
        }
    }

    private static boolean isOf(PluginDescription plugin, Bundle bundle) {
        return bundle != null
                && plugin.bundle().equals(bundle.getSymbolicName())
                && plugin.version().equals(bundle.getVersion().toString());
    }
}
