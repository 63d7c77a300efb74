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
final class BundleRefresher {

    private final BundleContext context;
    private final Collection<DeployedJar> jars;

    /** @param jars of which some are wired to others; it is looked at each time */
    BundleRefresher(BundleContext context, Collection<DeployedJar> jars) {
        this.context = context;
        this.jars = jars;
    }

    /** The deployed bundles that do without something optional that this one brings: their fragment, or a package. */
    Set<Bundle> interestedIn(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return jars.stream()
                .flatMap(jar -> jar.bundle().stream())
                .filter(other -> !other.equals(bundle))
                .map(other -> other.adapt(BundleWiring.class))
                .filter(wiring -> wiring != null && (isHost(wiring, revision) || lacksAPackage(wiring, revision)))
                .map(BundleWiring::getBundle)
                .collect(Collectors.toSet());
    }

    private static boolean isHost(BundleWiring wiring, BundleRevision fragment) {
        return matches(
                fragment.getDeclaredRequirements(HostNamespace.HOST_NAMESPACE),
                wiring.getRevision(),
                HostNamespace.HOST_NAMESPACE);
    }

    /** One that it does not need, since it is wired. */
    private static boolean lacksAPackage(BundleWiring wiring, BundleRevision revision) {
        List<BundleWire> wires = wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE);
        if (wires == null) {
            // It was just wired otherwise.
            return false;
        }
        List<BundleRequirement> wired =
                wires.stream().map(BundleWire::getRequirement).toList();
        List<BundleRequirement> lacking =
                wiring.getRevision().getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE).stream()
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
        do {
            for (DeployedJar jar : wiredTo(changed)) {
                if (jar.isHeld()) {
                    return false;
                }
                jar.stop();
            }
        } while (!refreshed(changed));
        return true;
    }

    private List<DeployedJar> wiredTo(Collection<Bundle> changed) {
        Collection<Bundle> affected = wiring().getDependencyClosure(changed);
        return jars.stream()
                .filter(jar -> jar.bundle().filter(affected::contains).isPresent())
                .toList();
    }

    /** None begins to start meanwhile. @return whether none had begun before */
    private synchronized boolean refreshed(Collection<Bundle> changed) throws InterruptedException {
        if (wiredTo(changed).stream().anyMatch(DeployedJar::isUp)) {
            return false;
        }
        CountDownLatch done = new CountDownLatch(1);
        wiring().refreshBundles(changed, event -> done.countDown());
        done.await();
        return true;
    }

    /** Begins a start, while nothing is wired. */
    synchronized void begin(Runnable start) {
        start.run();
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }
}
