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
 * Resolves deployed bundles, and rewires them when the bundles that they are wired to change.
 *
 * <p>The framework stops and starts bundles during a refresh while it holds its global lock, so one bundle that waits for a
 * set, or never stops, would block everything. Therefore affected bundles are stopped before the refresh, and {@link
 * DeployedJar} starts them afterwards.
 */
final class BundleRefresher {

    private final BundleContext context;
    private final Collection<DeployedJar> jars;

    /** @param jars all deployed jars; a live view */
    BundleRefresher(BundleContext context, Collection<DeployedJar> jars) {
        this.context = context;
        this.jars = jars;
    }

    /** Returns the deployed bundles for which this one provides something optional: a fragment or a package. */
    Set<Bundle> optionallyWiredTo(Bundle bundle) {
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

    /** Whether the bundle optionally imports an unwired package that the revision exports. */
    private static boolean lacksAPackage(BundleWiring wiring, BundleRevision revision) {
        List<BundleWire> wires = wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE);
        if (wires == null) {
            // The wiring is no longer in use.
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
     * Refreshes changed bundles and waits until this is done.
     *
     * @return false if a bundle that is wired to them is blocked in its start, so no refresh is possible
     */
    boolean refresh(Collection<Bundle> changed) throws InterruptedException {
        do {
            for (DeployedJar jar : wiredTo(changed)) {
                if (jar.isBlocked()) {
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

    /** Refreshes while no start can begin. @return false if a start began before */
    private synchronized boolean refreshed(Collection<Bundle> changed) throws InterruptedException {
        if (wiredTo(changed).stream().anyMatch(DeployedJar::isActiveOrChanging)) {
            return false;
        }
        CountDownLatch done = new CountDownLatch(1);
        wiring().refreshBundles(changed, event -> done.countDown());
        done.await();
        return true;
    }

    /**
     * Begins the start of a bundle while no refresh runs. Resolves the bundle first: starts that resolve bundles at the same time
     * hold the locks of their bundles, and the framework then interrupts one of them ("Unable to acquire global lock").
     */
    synchronized void begin(Bundle bundle, Runnable start) {
        wiring().resolveBundles(List.of(bundle));
        start.run();
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }
}
