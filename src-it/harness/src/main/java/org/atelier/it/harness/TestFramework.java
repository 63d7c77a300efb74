package org.atelier.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * A real OSGi framework in the test process, with the bundles that the test names and the standard OSGi services.
 * Bundles are found by symbolic name on the test class path, so module dependencies are all that must be declared.
 * Framework and test share no packages: code that uses bundle types runs {@link #inside}.
 */
public final class TestFramework implements AutoCloseable {

    private static final List<String> SERVICES = List.of(
            "org.ops4j.pax.logging.pax-logging-api",
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.configadmin",
            "org.apache.felix.metatype",
            "org.apache.felix.scr",
            "com.google.gson");

    private static final long STOP_MILLISECONDS = 30_000;

    private final Path storage;
    private final Framework framework;

    private TestFramework(Path storage, Map<String, String> properties) {
        this.storage = storage;
        this.framework = new FrameworkFactory().newFramework(properties);
    }

    /**
     * Starts a framework with bundles.
     *
     * @param home the value of the framework's property {@code atelier.home}; that of {@code atelier.data} is in it
     * @param symbolicNames the bundles beside the services of OSGi, in any order
     * @throws BundleException if one does not resolve or start
     */
    public static TestFramework start(Path home, String... symbolicNames) throws BundleException, IOException {
        return start(home, Map.of(), symbolicNames);
    }

    /**
     * The same.
     *
     * @param properties of the framework, beside those that every test has
     */
    public static TestFramework start(Path home, Map<String, String> properties, String... symbolicNames)
            throws BundleException, IOException {
        Path storage = Files.createTempDirectory("atelier-it-");
        Map<String, String> all = new HashMap<>(properties);
        all.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        // A bundle sees what it imports, never the class path of the test.
        all.put("felix.bootdelegation.implicit", "false");
        all.put("atelier.home", home.toString());
        all.put("atelier.data", home.resolve("data").toString());
        all.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
        TestFramework started = new TestFramework(storage, all);
        try {
            started.startBundles(Stream.concat(SERVICES.stream(), Arrays.stream(symbolicNames)));
            return started;
        } catch (BundleException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void startBundles(Stream<String> symbolicNames) throws BundleException {
        framework.start();
        ClassPathBundles onClassPath = ClassPathBundles.find();
        List<Bundle> installed = new ArrayList<>();
        for (String name : symbolicNames.toList()) {
            installed.add(context().installBundle("reference:" + onClassPath.location(name)));
        }
        for (Bundle bundle : installed) {
            bundle.start();
        }
    }

    /** The bundle of a symbolic name, which must be installed. */
    public Bundle bundle(String symbolicName) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not installed: " + symbolicName));
    }

    /**
     * Whether a service is registered and can be obtained, so its component was activated.
     *
     * @param type the full name of its interface
     * @param filter LDAP filter, or null for any
     */
    public boolean offers(String type, String filter) {
        try {
            ServiceReference<?>[] references = context().getAllServiceReferences(type, filter);
            return references != null && context().getService(references[0]) != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Runs test code inside the framework, with the classes of the bundles.
     *
     * @param probe a top-level class with a public constructor without parameters; it may use whatever the installed
     *     bundles export
     * @param others classes that it needs beside those that are declared in it and {@link PluginFactory}
     */
    public <T> T inside(Class<? extends Callable<T>> probe, Class<?>... others) throws Exception {
        List<Class<?>> classes = new ArrayList<>(List.of(others));
        classes.add(PluginFactory.class);
        classes.add(probe);
        Bundle bundle = context().installBundle(probe.getName(), ProbeBundle.of(probe.getName(), classes));
        bundle.start();
        try {
            @SuppressWarnings("unchecked")
            Callable<T> instance = (Callable<T>)
                    bundle.loadClass(probe.getName()).getConstructor().newInstance();
            return instance.call();
        } finally {
            bundle.uninstall();
        }
    }

    /**
     * Writes a bundle with one component.
     *
     * @param component component XML of Declarative Services
     * @param type class of the component
     */
    public static void write(Path jar, String symbolicName, String version, String component, Class<?> type)
            throws IOException {
        try (InputStream bundle =
                ProbeBundle.of(symbolicName, version, Map.of("OSGI-INF/component.xml", component), List.of(type))) {
            Files.copy(bundle, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private BundleContext context() {
        return framework.getBundleContext();
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLISECONDS);
            for (Path path : deepestFirst()) {
                Files.deleteIfExists(path);
            }
        } catch (BundleException | IOException e) {
            throw new IllegalStateException("the test framework does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (Stream<Path> paths = Files.walk(storage)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
