package org.atelier.it.configuration;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Every value of every configuration, by PID and key, without those that name its file and PID. */
public final class ConfigurationsProbe implements Callable<Map<String, String>> {

    @Override
    public Map<String, String> call() throws Exception {
        BundleContext context =
                FrameworkUtil.getBundle(ConfigurationsProbe.class).getBundleContext();
        ConfigurationAdmin admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        Map<String, String> values = new TreeMap<>();
        Configuration[] found = admin.listConfigurations(null);
        for (Configuration configuration : found == null ? new Configuration[0] : found) {
            try {
                read(configuration, values);
            } catch (IllegalStateException e) {
                // It was deleted meanwhile.
            }
        }
        return values;
    }

    private static void read(Configuration configuration, Map<String, String> values) {
        String pid = configuration.getPid();
        FrameworkUtil.asMap(configuration.getProperties()).forEach((key, value) -> {
            if (!key.startsWith("service.") && !key.startsWith("felix.")) {
                values.put(pid + "/" + key, value.toString());
            }
        });
    }
}
