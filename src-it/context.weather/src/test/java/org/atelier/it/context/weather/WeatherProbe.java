package org.atelier.it.context.weather;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.it.harness.PluginFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** Requests the weather as the studio does, from the server that the system property {@code weather.server} names. */
public final class WeatherProbe implements Callable<String>, ReadingListener {

    private final BundleContext context =
            FrameworkUtil.getBundle(WeatherProbe.class).getBundleContext();

    @Override
    public String call() throws Exception {
        ConfigurationAdmin configurations = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        // Stopped meanwhile, so that the bundle starts with its configuration, as in the distribution.
        Bundle weather = Arrays.stream(context.getBundles())
                .filter(bundle -> "org.atelier.context.weather".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        weather.stop();
        String server = System.getProperty("weather.server");
        configurations
                .getConfiguration("org.atelier.context.weather", "?")
                .update(FrameworkUtil.asDictionary(Map.of("openMeteo", server, "openMeteoGeocoding", server)));
        weather.start();
        return textOf(Map.of()) + "; " + textOf(Map.of("rain", "in pouring rain"));
    }

    private String textOf(Map<String, Object> options) throws Exception {
        return PluginFactory.<ContextSource>find(ContextSource.FACTORY, "place").use(options, places -> {
            places.check("Bergen,NO");
            ContextText words = places.read("Bergen,NO", this);
            return words.text() + " by " + words.origin();
        });
    }
}
