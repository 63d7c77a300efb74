package org.atelier.plugins;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.atelier.files.Sha256;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The fingerprint of a bundle's content. It distinguishes builds with the same version, such as snapshots. */
public final class CodeFingerprint {

    /** Excluded because it contains the time of the build. */
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private static final String ATELIER = "org.atelier.";

    /** Excluded because native libraries have hundreds of megabytes. */
    private static final String NATIVE_STACKS = "org.atelier.libs.";

    private static final int DIGITS = 16;

    private CodeFingerprint() {}

    /** Sixteen hexadecimal digits; independent of the jar's location and equal for jars built from the same sources. */
    static String of(Bundle bundle) {
        return ofAll(List.of(bundle));
    }

    /**
     * The fingerprint of a bundle and of the Atelier bundles that it uses, directly or indirectly, except native
     * libraries.
     */
    public static String ofAtelier(Bundle bundle) {
        Set<Bundle> found = new LinkedHashSet<>(List.of(bundle));
        collectUsed(bundle, found);
        return ofAll(found);
    }

    private static void collectUsed(Bundle bundle, Set<Bundle> found) {
        for (BundleWire wire : bundle.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            Bundle used = wire.getProvider().getBundle();
            String name = used.getSymbolicName();
            if (name.startsWith(ATELIER) && !name.startsWith(NATIVE_STACKS) && found.add(used)) {
                collectUsed(used, found);
            }
        }
    }

    private static String ofAll(Collection<Bundle> bundles) {
        List<String> entries = new ArrayList<>();
        for (Bundle bundle : bundles) {
            BundleChecksums.of(bundle).forEach((entry, checksum) -> {
                if (!entry.equals(MANIFEST)) {
                    entries.add("%s %s %08x".formatted(bundle.getSymbolicName(), entry, checksum));
                }
            });
        }
        Collections.sort(entries);
        return Sha256.of(String.join("\n", entries).getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGITS);
    }
}
