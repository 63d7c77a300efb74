package org.atelier.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** The bundles on the class path of the test, by symbolic name. */
final class ClassPathBundles {

    private final Map<String, String> locations = new HashMap<>();

    private ClassPathBundles() {}

    static ClassPathBundles find() {
        ClassPathBundles bundles = new ClassPathBundles();
        try {
            for (URL manifest : manifests()) {
                bundles.note(manifest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bundles;
    }

    /** The URL of the jar of a bundle. */
    String location(String symbolicName) {
        String location = locations.get(symbolicName);
        if (location == null) {
            throw new IllegalArgumentException(
                    symbolicName + " is not on the test class path; make it a dependency of the module. There are "
                            + locations.keySet().stream().sorted().toList());
        }
        return location;
    }

    private static List<URL> manifests() throws IOException {
        return ClassPathBundles.class
                .getClassLoader()
                .resources("META-INF/MANIFEST.MF")
                .toList();
    }

    /** The URL of a manifest in a jar reads {@code jar:file:/the.jar!/META-INF/MANIFEST.MF}. */
    private void note(URL manifest) throws IOException {
        if (!"jar".equals(manifest.getProtocol())) {
            return;
        }
        try (InputStream stream = manifest.openStream()) {
            String name = new Manifest(stream).getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name != null) {
                String path = manifest.getPath();
                locations.putIfAbsent(name.split(";", 2)[0].strip(), path.substring(0, path.indexOf("!/")));
            }
        }
    }
}
