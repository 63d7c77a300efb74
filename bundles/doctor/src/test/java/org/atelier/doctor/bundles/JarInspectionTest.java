package org.atelier.doctor.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import org.atelier.doctor.bundles.JarInspection.Identity;
import org.atelier.doctor.bundles.JarInspection.NoBundleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class JarInspectionTest {

    @TempDir
    private Path folder;

    @Test
    void readsNameAndVersion() throws Exception {
        assertEquals(new Identity("a.b", "1.2"), JarInspection.inspect(jar("a.b;singleton:=true", "1.2")));
        assertEquals(new Identity("a.b", "0.0.0"), JarInspection.inspect(jar("a.b", null)));
    }

    @Test
    void normalisesVersions() {
        Identity identity = new Identity("a.b", "1.2");

        assertTrue(identity.is("a.b", new Version(1, 2, 0)));
        assertFalse(identity.is("a.b", new Version(1, 2, 1)));
        assertFalse(identity.is("a.c", new Version(1, 2, 0)));
        assertFalse(new Identity("a.b", "new").is("a.b", new Version(1, 2, 0)));
    }

    @Test
    void refusesAJarWithoutASymbolicName() throws IOException {
        Path jar = jar(null, null);

        NoBundleException fault = assertThrows(NoBundleException.class, () -> JarInspection.inspect(jar));

        assertEquals("It is a jar but not a bundle: its manifest has no Bundle-SymbolicName.", fault.getMessage());
    }

    @Test
    void detectsADamagedEntry() throws IOException {
        Path jar = jar("a.b", "1");
        byte[] bytes = Files.readAllBytes(jar);
        int text = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("paint ");
        bytes[text] = 'f';
        Files.write(jar, bytes);

        NoBundleException fault = assertThrows(NoBundleException.class, () -> JarInspection.inspect(jar));

        assertTrue(
                fault.getMessage().startsWith("It is not a valid jar, or was copied incompletely: "),
                fault.getMessage());
    }

    @Test
    void detectsAnIncompleteJar() throws IOException {
        Path jar = jar("a.b", "1");
        byte[] bytes = Files.readAllBytes(jar);
        for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
            Files.write(jar, Arrays.copyOf(bytes, length));

            assertThrows(NoBundleException.class, () -> JarInspection.inspect(jar), length + " bytes");
        }
    }

    /** One entry is stored as it is, so that a test can spoil it. */
    private Path jar(String name, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (name != null) {
            manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        }
        if (version != null) {
            manifest.getMainAttributes().putValue("Bundle-Version", version);
        }
        Path jar = folder.resolve("a.jar");
        byte[] text = "paint paint paint".getBytes(StandardCharsets.UTF_8);
        try (JarOutputStream content = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            JarEntry entry = new JarEntry("a.txt");
            entry.setMethod(JarEntry.STORED);
            entry.setSize(text.length);
            CRC32 checksum = new CRC32();
            checksum.update(text);
            entry.setCrc(checksum.getValue());
            content.putNextEntry(entry);
            content.write(text);
        }
        return jar;
    }
}
