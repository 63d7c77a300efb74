package org.atelier.it.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/**
 * Writes jars as their authors would, and as copying spoils them.
 *
 * @param folder where they go
 */
record Jars(Path folder) {

    /** @param headers of the manifest, beside its version */
    Path write(String name, Map<String, String> headers, Class<?>... classes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(file, manifest)) {
            for (Class<?> type : classes) {
                String entry = type.getName().replace('.', '/') + ".class";
                try (InputStream code = type.getClassLoader().getResourceAsStream(entry)) {
                    content.putNextEntry(new JarEntry(entry));
                    code.transferTo(content);
                }
            }
        }
        return jar;
    }

    /** @param symbolicName of a bundle with one activator */
    Path activated(String name, String symbolicName, Class<?> activator) throws IOException {
        return write(
                name,
                Map.of(
                        Constants.BUNDLE_MANIFESTVERSION,
                        "2",
                        Constants.BUNDLE_SYMBOLICNAME,
                        symbolicName,
                        Constants.IMPORT_PACKAGE,
                        "org.osgi.framework",
                        Constants.BUNDLE_ACTIVATOR,
                        activator.getName()),
                activator);
    }
}
