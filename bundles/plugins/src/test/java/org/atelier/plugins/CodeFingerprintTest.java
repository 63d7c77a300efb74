package org.atelier.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

@Timeout(60)
class CodeFingerprintTest {

    @TempDir
    private Path home;

    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, home.resolve("storage").toString()));
        framework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(30_000);
    }

    @Test
    void isTheSameForAJarThatIsReferencedAndOneThatIsCopied() throws Exception {
        Path jar = jar("a.jar", "yesterday", "code");

        String referenced = fingerprintOf("reference:" + jar.toUri(), null);
        String copied;
        try (InputStream content = Files.newInputStream(jar)) {
            copied = fingerprintOf("copy", content);
        }

        assertEquals(referenced, copied);
        assertEquals(16, referenced.length());
    }

    @Test
    void dependsOnTheCodeButNotOnTheTimeOfTheBuild() throws Exception {
        String first =
                fingerprintOf("reference:" + jar("a.jar", "yesterday", "code").toUri(), null);
        String later =
                fingerprintOf("reference:" + jar("b.jar", "today", "code").toUri(), null);
        String other =
                fingerprintOf("reference:" + jar("c.jar", "yesterday", "edoc").toUri(), null);

        assertEquals(first, later);
        assertNotEquals(first, other);
    }

    private String fingerprintOf(String location, InputStream content) throws Exception {
        Bundle bundle = framework.getBundleContext().installBundle(location, content);
        try {
            return CodeFingerprint.of(bundle);
        } finally {
            bundle.uninstall();
        }
    }

    private Path jar(String name, String built, String code) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, "org.example.brush");
        attributes.putValue("Built", built);
        Path jar = home.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("org/example/"));
            out.putNextEntry(new JarEntry("org/example/Brush.class"));
            out.write(code.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
