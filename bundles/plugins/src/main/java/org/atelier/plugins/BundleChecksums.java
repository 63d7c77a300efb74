package org.atelier.plugins;

import static org.atelier.api.AtelierException.Code.PLUGIN_FAILED;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.osgi.framework.Bundle;

/** The CRC-32 of every file in a bundle, by its name in the jar. */
final class BundleChecksums {

    private static final String REFERENCE = "reference:";

    private BundleChecksums() {}

    /** @throws AtelierException {@code PLUGIN_FAILED} if the bundle cannot be read */
    static Map<String, Long> of(Bundle bundle) {
        try {
            Path jar = jar(bundle);
            return jar == null ? computed(bundle) : listed(jar);
        } catch (IOException e) {
            throw new AtelierException(
                    PLUGIN_FAILED,
                    "The code of %s cannot be read: %s; start Atelier again."
                            .formatted(bundle.getSymbolicName(), IoErrors.of(e)),
                    e);
        }
    }

    /** The jar of a bundle that was installed by reference; {@code null} if the framework has a copy of its own. */
    private static Path jar(Bundle bundle) {
        String location = bundle.getLocation();
        if (!location.startsWith(REFERENCE + "file:")) {
            return null;
        }
        Path path = Path.of(URI.create(location.substring(REFERENCE.length())));
        return Files.isRegularFile(path) ? path : null;
    }

    /** As the directory of the jar lists them, which is much faster than to read all files. */
    private static Map<String, Long> listed(Path jar) throws IOException {
        Map<String, Long> checksums = new HashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.isDirectory()) {
                    checksums.put(entry.getName(), entry.getCrc());
                }
            }
        }
        return checksums;
    }

    private static Map<String, Long> computed(Bundle bundle) throws IOException {
        Map<String, Long> checksums = new HashMap<>();
        for (URL entry : Collections.list(bundle.findEntries("/", "*", true))) {
            String name = entry.getPath().substring(1);
            if (!name.endsWith("/")) {
                try (InputStream content = entry.openStream();
                        CheckedInputStream checked = new CheckedInputStream(content, new CRC32())) {
                    checked.transferTo(OutputStream.nullOutputStream());
                    checksums.put(name, checked.getChecksum().getValue());
                }
            }
        }
        return checksums;
    }
}
