package org.atelier.doctor.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.atelier.doctor.LoggedEntries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

@Timeout(60)
class NativeStacksTest {

    private static final String REMEDY =
            "Remove it; to change a native stack, replace it in bundle/20/ and restart Atelier.";

    @TempDir
    private Path home;

    private Framework framework;
    private Bundle stack;
    private NativeStacks stacks;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        home.resolve("storage").toString(),
                        "atelier.home",
                        home.toString()));
        framework.start();
        stack = install("bundle/20/stack.jar", "org.atelier.libs.painting", "org.example.oil,org.example.acrylic");
        Bundle doctor = install("bundle/30/doctor.jar", "org.example.doctor", "org.example.doctor");
        stacks = new NativeStacks(doctor.getBundleContext());
    }

    @AfterEach
    void stop() throws Exception {
        stacks.stop();
        framework.stop();
        framework.waitForStop(30_000);
    }

    @Test
    void reportsNothingInADistribution() throws Exception {
        install("deploy/brush.jar", "org.example.brush", "org.example.brush");

        assertEquals(List.of("OK native stacks: Found: 1."), LoggedEntries.of(stacks.execute()));
    }

    @Test
    void reportsADeployedBundleWithAPackageOfAStack() throws Exception {
        install("deploy/paint.jar", "org.example.paint", "org.example.oil");

        assertEquals(
                "CRITICAL deploy/paint.jar: It contains the package org.example.oil of org.atelier.libs.painting. Native stacks are part of"
                        + " the distribution and cannot be deployed. " + REMEDY,
                LoggedEntries.of(stacks.execute()).get(0));
    }

    @Test
    void requiresARestartAfterAReplacement() throws Exception {
        awaitTheNextMillisecond();

        stack.update();

        assertEquals(
                "CRITICAL org.atelier.libs.painting: It was replaced while Atelier ran. Restart Atelier: a process"
                        + " loads native code only once.",
                LoggedEntries.of(stacks.execute()).get(0));
    }

    @Test
    void requiresARestartAfterAStop() throws Exception {
        stack.stop();

        assertEquals(
                "CRITICAL org.atelier.libs.painting: It no longer runs. Restart Atelier: a process"
                        + " loads native code only once.",
                LoggedEntries.of(stacks.execute()).get(0));
    }

    @Test
    void leavesADeployedStackToTheCheckOfFiles() throws Exception {
        Bundle deployed = install("deploy/stack.jar", "org.atelier.libs.generation", "org.example.pencil");

        assertEquals(List.of("OK native stacks: Found: 1."), LoggedEntries.of(stacks.execute()));
        assertEquals(
                "CRITICAL deploy/stack.jar: Native stacks are part of"
                        + " the distribution and cannot be deployed. "
                        + REMEDY,
                LoggedEntries.of(new DeployedFiles(deployed.getBundleContext()).execute())
                        .get(0));
    }

    /** The framework's clock has no finer steps. */
    private static void awaitTheNextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
    }

    private Bundle install(String file, String symbolicName, String exports) throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        headers.putValue(Constants.EXPORT_PACKAGE, exports);
        Path jar = home.resolve(file);
        Files.createDirectories(jar.getParent());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }
}
