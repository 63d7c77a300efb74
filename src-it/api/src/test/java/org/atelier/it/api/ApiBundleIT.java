package org.atelier.it.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.atelier.api.blend.StyleBlend;
import org.atelier.it.api.consumer.FirstStyle;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

class ApiBundleIT {

    private static final String CONSUMER = FirstStyle.class.getPackageName();

    private static TestFramework framework;
    private static Bundle api;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        framework = TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api");
        api = framework.bundle("org.atelier.api");
    }

    @AfterAll
    static void stop() {
        framework.close();
    }

    @Test
    void exportsEveryPackageWithItsVersion() {
        BundleWiring wiring = api.adapt(BundleWiring.class);
        TreeSet<String> packages = wiring
                .listResources("/", "*.class", BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL)
                .stream()
                .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Version> exported = new TreeMap<>();
        for (BundleCapability capability : wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
            Map<String, Object> attributes = capability.getAttributes();
            exported.put((String) attributes.get(PackageNamespace.PACKAGE_NAMESPACE), (Version)
                    attributes.get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE));
        }

        assertTrue(packages.contains(StyleBlend.class.getPackageName()), packages.toString());
        assertEquals(packages, exported.keySet());
        exported.values().forEach(version -> assertTrue(version.getMajor() >= 1, exported.toString()));
    }

    @Test
    void resolvesAConsumerThatWasCompiledAgainstIt() throws Exception {
        Bundle consumer = install(consumer(Map.of()));

        consumer.start();

        assertEquals(Bundle.ACTIVE, consumer.getState());
        Class<?> contract = consumer.loadClass(FirstStyle.class.getName()).getInterfaces()[0];
        assertEquals(api.loadClass(StyleBlend.class.getName()), contract);
        consumer.uninstall();
    }

    /** Plugins are compatible with later minor versions of a contract, but not with other major versions. */
    @Test
    void doesNotResolveAConsumerOfAnotherMajorVersion() throws Exception {
        String imported = StyleBlend.class.getPackageName();
        assertTrue(
                imports(consumer(Map.of())).contains(imported + ";version=\"[1.0,2)\""),
                () -> "the import range differs from the one that the next line replaces");
        Bundle consumer = install(consumer(Map.of("Import-Package", imported + ";version='[2.0,3)',*")));

        BundleException fault = assertThrows(BundleException.class, consumer::start);

        assertTrue(fault.getMessage().contains(imported), fault.getMessage());
        consumer.uninstall();
    }

    private static Bundle install(Path jar) throws BundleException {
        return api.getBundleContext().installBundle(jar.toUri().toString());
    }

    /** @param headers additional manifest headers */
    private Path consumer(Map<String, String> headers) throws Exception {
        Path jar = Files.createTempFile(folder, "consumer", ".jar");
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(CONSUMER);
            builder.addClasspath(location(FirstStyle.class));
            builder.addClasspath(location(StyleBlend.class));
            builder.setPrivatePackage(CONSUMER);
            builder.setProperty("-noimportjava", "true");
            headers.forEach(builder::setProperty);
            Jar built = builder.build();
            assertEquals(0, builder.getErrors().size(), builder.getErrors().toString());
            built.write(jar.toFile());
        }
        return jar;
    }

    private static String imports(Path jar) throws Exception {
        try (Jar built = new Jar(jar.toFile())) {
            return built.getManifest().getMainAttributes().getValue("Import-Package");
        }
    }

    private static File location(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
