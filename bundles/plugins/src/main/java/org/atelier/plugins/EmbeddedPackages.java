package org.atelier.plugins;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Finds packages of the plugin contract that a bundle contains instead of importing them. Its classes implement its own copies
 * of the interfaces, which are other classes than those that Atelier calls.
 */
final class EmbeddedPackages {

    private static final List<String> CONTRACT = List.of("/org/atelier/api", "/org/atelier/tensor", "/ai/djl/ndarray");

    private EmbeddedPackages() {}

    /** Returns their names in alphabetical order; empty if the bundle is not resolved. */
    static Set<String> of(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null || !wiring.isInUse()) {
            return Set.of();
        }
        Set<String> embedded = CONTRACT.stream()
                .map(folder -> classes(wiring, folder))
                .flatMap(Collection::stream)
                .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
        wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)
                .forEach(wire ->
                        embedded.remove(wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)));
        return embedded;
    }

    private static Collection<String> classes(BundleWiring wiring, String folder) {
        return wiring.listResources(
                folder, "*.class", BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE);
    }
}
