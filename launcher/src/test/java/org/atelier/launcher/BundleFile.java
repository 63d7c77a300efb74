package org.atelier.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;

/**
 * Writes small bundles of one activator class into a distribution.
 *
 * @param more additional manifest headers
 */
record BundleFile(String name, Class<? extends BundleActivator> activator, String imports, Map<String, String> more) {

    BundleFile(String name, Class<? extends BundleActivator> activator) {
        this(name, activator, "org.osgi.framework");
    }

    BundleFile(String name, Class<? extends BundleActivator> activator, String imports) {
        this(name, activator, imports, Map.of());
    }

    BundleFile with(String header, String value) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put(header, value);
        return new BundleFile(name, activator, imports, headers);
    }

    /** Writes NAME.jar atomically. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path incomplete = folder.resolve(name + ".new");
        write(incomplete);
        Files.move(incomplete, folder.resolve(name + ".jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.putValue(Constants.BUNDLE_ACTIVATOR, activator.getName());
        headers.putValue(Constants.IMPORT_PACKAGE, imports);
        more.forEach(headers::putValue);
        String classFile = activator.getName().replace('.', '/') + ".class";
        try (OutputStream bytes = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(bytes, manifest);
                InputStream code = activator.getClassLoader().getResourceAsStream(classFile)) {
            jar.putNextEntry(new JarEntry(classFile));
            code.transferTo(jar);
        }
    }
}
