package org.atelier.it.configuration;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

/**
 * Every value of every configuration, by PID and key, without those that name its file and PID. Waits until they are as {@link
 * #EXPECTED} has them, or for a while: a change wakes it.
 */
public final class ConfigurationsProbe implements Callable<Map<String, String>> {

    /** The system property with the expected values, as a map prints them. */
    static final String EXPECTED = "expected.configurations";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Override
    public Map<String, String> call() throws Exception {
        BundleContext context =
                FrameworkUtil.getBundle(ConfigurationsProbe.class).getBundleContext();
        ConfigurationAdmin admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        BlockingQueue<ConfigurationEvent> changes = new LinkedBlockingQueue<>();
        ServiceRegistration<ConfigurationListener> listener =
                context.registerService(ConfigurationListener.class, changes::add, null);
        try {
            String expected = System.getProperty(EXPECTED);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            Map<String, String> values = values(admin);
            while (!values.toString().equals(expected)
                    && changes.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) != null) {
                values = values(admin);
            }
            return values;
        } finally {
            listener.unregister();
        }
    }

    private static Map<String, String> values(ConfigurationAdmin admin) throws IOException, InvalidSyntaxException {
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
