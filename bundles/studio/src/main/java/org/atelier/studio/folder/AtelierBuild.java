package org.atelier.studio.folder;

import java.util.function.Supplier;
import org.atelier.plugins.CodeFingerprint;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * The build of Atelier that generates a set.
 *
 * @param version the Maven version, with {@code -SNAPSHOT} if it is one
 * @param code returns a fingerprint that distinguishes builds of one version; called at the start of each set
 */
public record AtelierBuild(String version, Supplier<String> code) {

    /** @param bundle any bundle of Atelier */
    public static AtelierBuild of(Bundle bundle) {
        Version version = bundle.getVersion();
        String release = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return new AtelierBuild(
                version.getQualifier().isEmpty() ? release : release + "-" + version.getQualifier(),
                () -> CodeFingerprint.ofAtelier(bundle));
    }

    /** {@code 0.1.0 (code 0123456789abcdef)} */
    public String description() {
        return "%s (code %s)".formatted(version, code.get());
    }
}
