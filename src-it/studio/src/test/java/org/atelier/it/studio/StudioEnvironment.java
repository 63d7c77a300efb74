package org.atelier.it.studio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.atelier.api.set.Studio;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** The studio, and a plugin that records its version whenever it is used. */
public final class StudioEnvironment {

    private final BundleContext context =
            FrameworkUtil.getBundle(StudioEnvironment.class).getBundleContext();
    private final Path jars = Path.of(context.getProperty("atelier.home"), "jars");
    private final Queue<String> trace = new ConcurrentLinkedQueue<>();

    public StudioEnvironment() {
        Consumer<String> note = trace::add;
        context.registerService(Consumer.class, note, FrameworkUtil.asDictionary(Map.of()));
    }

    Studio studio() {
        return context.getService(context.getServiceReference(Studio.class));
    }

    /** Returns the versions that were recorded since the last call. */
    Set<String> versions() {
        Set<String> results = new TreeSet<>();
        for (String version = trace.poll(); version != null; version = trace.poll()) {
            results.add(version);
        }
        return results;
    }

    Bundle install(String jar) throws BundleException, IOException {
        try (InputStream content = open(jar)) {
            Bundle bundle = context.installBundle("test:" + jar, content);
            bundle.start();
            return bundle;
        }
    }

    InputStream open(String jar) throws IOException {
        return Files.newInputStream(jars.resolve(jar + ".jar"));
    }

    void configure(String pid, String key, Object value) throws IOException {
        context.getService(context.getServiceReference(ConfigurationAdmin.class))
                .getConfiguration(pid, "?")
                .update(FrameworkUtil.asDictionary(Map.of(key, value)));
    }

    HeldSet begin(String attention) throws IOException {
        return new HeldSet(studio(), attention).begin();
    }
}
