package org.atelier.doctor.bundles;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.atelier.doctor.Cause;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Checks that a jar on disk is complete and is a bundle. */
final class JarInspection {

    private static final String COPY_AGAIN =
            "Copy it again under a name that does not end in .jar, and rename it when it is copied completely.";

    /**
     * The identity of a bundle.
     *
     * @param version {@code 0.0.0} if the manifest has none
     */
    record Identity(String symbolicName, String version) {

        /** Whether a bundle has this identity; the framework refuses a second one. */
        boolean is(String otherName, Version otherVersion) {
            return symbolicName.equals(otherName) && otherVersion.toString().equals(normalized());
        }

        private String normalized() {
            try {
                return Version.parseVersion(version).toString();
            } catch (IllegalArgumentException e) {
                return version;
            }
        }
    }

    /** The file is not a bundle; the message is a sentence with the reason. */
    static final class NoBundleException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String remedy;

        private NoBundleException(String message, String remedy) {
            super(message);
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }

    private JarInspection() {}

    /** Reads every entry completely, and compares its checksum. */
    static Identity inspect(Path file) throws NoBundleException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                read(jar, entries.nextElement());
            }
            return identity(jar.getManifest());
        } catch (IOException | RuntimeException e) {
            throw new NoBundleException(
                    "It is not a valid jar, or was copied incompletely: " + Cause.of(e) + ".", COPY_AGAIN);
        }
    }

    /** Compares the checksum, which java.util.zip does not. */
    private static void read(JarFile jar, JarEntry entry) throws IOException {
        try (CheckedInputStream content = new CheckedInputStream(jar.getInputStream(entry), new CRC32())) {
            content.transferTo(OutputStream.nullOutputStream());
            if (!entry.isDirectory() && content.getChecksum().getValue() != entry.getCrc()) {
                throw new ZipException("wrong checksum of " + entry.getName());
            }
        }
    }

    private static Identity identity(Manifest manifest) throws NoBundleException {
        String name = manifest == null ? null : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null) {
            throw new NoBundleException(
                    "It is a jar but not a bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME + ".",
                    "Build it as a bundle, for instance with the bnd-maven-plugin; a library goes inside the bundle that"
                            + " needs it.");
        }
        Attributes headers = manifest.getMainAttributes();
        String version = headers.getValue(Constants.BUNDLE_VERSION);
        return new Identity(name.split(";", 2)[0].strip(), version == null ? "0.0.0" : version.strip());
    }
}
