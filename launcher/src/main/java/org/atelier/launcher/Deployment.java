package org.atelier.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.atelier.launcher.JarFolder.State;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * The jars of the folder {@code deploy}, which are not part of the distribution. A jar that is not a bundle or does not start is
 * reported in one line and left out; everything else continues.
 *
 * <p>In a server it follows the folder. File Install, which follows {@code config}, would install, start and stop all jars on one
 * thread, which an activator that never ends, or a set that uses a plugin, would block.
 */
final class Deployment {

    /** The start level of deployed bundles, above those of plugins of the distribution. */
    static final int START_LEVEL = 40;

    /** The system property for the number of seconds that a bundle may take to start. */
    static final String START_TIMEOUT = "atelier.deploy.start.timeout";

    private static final long SCAN_MILLISECONDS = 500;

    private static final int START_WAIT_SECONDS = 1;

    /** How long to wait for an interrupted start at the end. */
    private static final long INTERRUPT_MILLISECONDS = 500;

    /** Events after which a bundle that did not resolve or start may do so. */
    private static final int CHANGES = BundleEvent.INSTALLED
            | BundleEvent.RESOLVED
            | BundleEvent.UNRESOLVED
            | BundleEvent.UPDATED
            | BundleEvent.UNINSTALLED;

    private final JarFolder folder;
    private final BundleContext context;
    private final DeploymentLog log;
    private final Map<Path, DeployedJar> jars = new ConcurrentSkipListMap<>();
    private final BundleRefresher refresher;
    private final AtomicBoolean changed = new AtomicBoolean();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private SortedMap<Path, State> seen = Collections.emptySortedMap();
    private boolean readable = true;

    /**
     * @param context the context of the framework
     * @param log receives one line for each jar that is left out, and for each change
     */
    Deployment(Path folder, BundleContext context, DeploymentLog log) {
        this.folder = new JarFolder(folder);
        this.context = context;
        this.log = log;
        this.refresher = new BundleRefresher(context, jars.values());
        context.addBundleListener(
                (SynchronousBundleListener) event -> changed.compareAndSet(false, (event.getType() & CHANGES) != 0));
    }

    /** Installs the present jars in alphabetical order. */
    void install() throws InterruptedException {
        seen = listJars();
        for (Map.Entry<Path, State> file : seen.entrySet()) {
            jar(file.getKey()).apply(Optional.of(file.getValue())).await();
        }
    }

    /**
     * Starts the installed bundles one after the other, so that the order of equal plugins does not depend on a race. Waits only
     * briefly for a slow bundle before it starts the next, and stops waiting when {@link #end} is called.
     */
    void start() throws InterruptedException {
        List<CountDownLatch> slow = new ArrayList<>();
        for (DeployedJar jar : jars.values()) {
            CountDownLatch settled = jar.start();
            if (!settled.await(START_WAIT_SECONDS, TimeUnit.SECONDS)) {
                slow.add(settled);
            }
        }
        for (CountDownLatch settled : slow) {
            while (stopping.getCount() > 0 && !settled.await(SCAN_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                // Waits for either condition.
            }
        }
    }

    /** Ends all waiting for starts and the scanning of the folder. */
    void end() {
        stopping.countDown();
    }

    /** Reports all current faults. */
    void report() {
        jars.values().forEach(DeployedJar::report);
    }

    /** Starts to scan the folder twice a second. */
    void follow() {
        Thread thread = new Thread(this::scanUntilStopped, "deploy/");
        thread.setDaemon(true);
        thread.start();
    }

    private void scanUntilStopped() {
        try {
            while (!stopping.await(SCAN_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                scan();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Applies new and changed jars once they are unchanged between two scans, so that no incomplete copy is used, and removes
     * deleted ones. Faults are reported only when all jars are settled and nothing has changed since: two new jars may need each
     * other.
     */
    void scan() {
        SortedMap<Path, State> now = listJars();
        now.keySet().forEach(this::jar);
        // In this order: a start that has settled has made its changes known.
        boolean settled = jars.values().stream().allMatch(DeployedJar::isSettled);
        boolean again = changed.getAndSet(false);
        jars.forEach((file, jar) -> {
            Optional<State> state = Optional.ofNullable(now.get(file));
            boolean complete = state.isEmpty() || state.get().equals(seen.get(file));
            if (complete && !jar.isCurrent(state)) {
                jar.apply(state);
                jar.start();
            } else if (again) {
                jar.retry();
            } else if (settled) {
                jar.report();
            }
        });
        seen = now;
    }

    /** Lists the jars; returns the last list while the folder cannot be read. */
    private SortedMap<Path, State> listJars() {
        try {
            SortedMap<Path, State> there = folder.jars();
            readable = true;
            return there;
        } catch (IOException e) {
            if (readable) {
                log.warn("cannot read the folder %s: %s".formatted(folder.folder(), Fault.of(e)));
            }
            readable = false;
            return seen;
        }
    }

    private DeployedJar jar(Path file) {
        return jars.computeIfAbsent(file, path -> new DeployedJar(path, context, refresher, log));
    }

    /**
     * Stops scanning the folder and interrupts running starts.
     *
     * @return whether a start is still running, for which the framework would wait when it stops
     */
    boolean stopFollowing() throws InterruptedException {
        end();
        boolean stuck = false;
        for (DeployedJar jar : jars.values()) {
            stuck |= jar.stopFollowing(INTERRUPT_MILLISECONDS);
        }
        return stuck;
    }
}
