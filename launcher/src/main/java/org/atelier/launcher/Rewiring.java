package org.atelier.launcher;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Wires deployed bundles anew when what they are wired to changes.
 *
 * <p>The framework stops and starts them with its global lock held, so that one that waits for a set, or never comes to an
 * end, would hold everything. They are stopped before it begins, therefore, and started by whoever looks after them.
 */
final class Rewiring {

    private final BundleContext context;
    private final Collection<DeployedJar> jars;

    /** @param jars of which some are wired to others; it is looked at each time */
    Rewiring(BundleContext context, Collection<DeployedJar> jars) {
        this.context = context;
        this.jars = jars;
    }

    /** The deployed bundles that run without something optional that this one brings: their fragment, or a package. */
    Set<Bundle> interestedIn(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return jars.stream()
                .flatMap(jar -> jar.bundle().stream())
                .filter(other -> !other.equals(bundle) && other.adapt(BundleWiring.class) != null)
                .filter(other -> isHost(other, revision) || lacksAPackage(other, revision))
                .collect(Collectors.toSet());
    }

    private static boolean isHost(Bundle other, BundleRevision fragment) {
        return matches(
                fragment.getDeclaredRequirements(HostNamespace.HOST_NAMESPACE),
                other.adapt(BundleRevision.class),
                HostNamespace.HOST_NAMESPACE);
    }

    /** One that it does not need, since it runs. */
    private static boolean lacksAPackage(Bundle other, BundleRevision revision) {
        List<BundleRequirement> wired =
                other.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
                        .map(BundleWire::getRequirement)
                        .toList();
        List<BundleRequirement> lacking =
                other.adapt(BundleRevision.class).getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE).stream()
                        .filter(requirement -> !wired.contains(requirement))
                        .toList();
        return matches(lacking, revision, PackageNamespace.PACKAGE_NAMESPACE);
    }

    private static boolean matches(List<BundleRequirement> requirements, BundleRevision offering, String namespace) {
        return requirements.stream().anyMatch(requirement -> offering.getDeclaredCapabilities(namespace).stream()
                .anyMatch(requirement::matches));
    }

    /**
     * Lets the framework forget what went, and wire the others anew; waits for it.
     *
     * @return whether it did; not while one that is wired to them is held by its start
     */
    boolean refresh(Collection<Bundle> changed) throws InterruptedException {
        FrameworkWiring wiring =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        Collection<Bundle> affected = wiring.getDependencyClosure(changed);
        List<DeployedJar> deployed = jars.stream()
                .filter(jar -> jar.bundle().filter(affected::contains).isPresent())
                .toList();
        if (deployed.stream().anyMatch(DeployedJar::isHeld)) {
            return false;
        }
        deployed.forEach(DeployedJar::stop);
        CountDownLatch done = new CountDownLatch(1);
        wiring.refreshBundles(affected, event -> done.countDown());
        done.await();
        return true;
    }
}
