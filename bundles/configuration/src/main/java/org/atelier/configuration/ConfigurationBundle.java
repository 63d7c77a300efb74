package org.atelier.configuration;

import java.util.Map;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.apache.felix.fileinstall.ArtifactListener;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Provides the installer of configuration files while there is a ConfigurationAdmin. An activator, because the bundle starts
 * before Declarative Services and File Install: File Install offers each file to its installers only once.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class ConfigurationBundle implements BundleActivator {

    /** Above that of File Install's own installer. */
    private static final int RANKING = 100;

    private ServiceTracker<ConfigurationAdmin, ServiceRegistration<?>> admins;

    @Override
    public void start(BundleContext context) {
        admins = new ServiceTracker<>(context, ConfigurationAdmin.class, null) {
            @Override
            public ServiceRegistration<?> addingService(ServiceReference<ConfigurationAdmin> reference) {
                return register(context, reference);
            }

            @Override
            public void removedService(
                    ServiceReference<ConfigurationAdmin> reference, ServiceRegistration<?> installer) {
                installer.unregister();
                context.ungetService(reference);
            }
        };
        admins.open();
    }

    private static ServiceRegistration<?> register(
            BundleContext context, ServiceReference<ConfigurationAdmin> reference) {
        return context.registerService(
                new String[] {ArtifactListener.class.getName(), ArtifactInstaller.class.getName()},
                new ConfigurationInstaller(context.getService(reference), context),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
    }

    @Override
    public void stop(BundleContext context) {
        admins.close();
    }
}
