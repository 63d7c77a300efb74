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
import java.util.function.Consumer;
import org.atelier.launcher.JarFolder.State;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * The jars of the folder {@code deploy}, which are not the distribution's own: one that is no bundle or does not start is
 * told of in one line and left out, and all else continues.
 *
 * <p>Of a server it follows the folder. File Install, which does so for {@code config}, would install, start and stop all of
 * them on one thread, which one activator that never ends, and each set that a plugin is generated with, would hold.
 */
final class Deployment {

    /** After everything of the distribution. */
    static final int START_LEVEL = 40;

    /** Names how many seconds a bundle may take to start. */
    static final String START_TIMEOUT = "atelier.deploy.start.timeout";

    private static final long LOOK_MILLISECONDS = 500;

    private static final int PATIENCE_SECONDS = 1;

    /** How long, when all ends, a start may take that was interrupted. */
    private static final long LAST_MILLISECONDS = 500;

    /** Of any bundle: what did not resolve or start before may do so now. */
    private static final int CHANGES = BundleEvent.INSTALLED
            | BundleEvent.RESOLVED
            | BundleEvent.UNRESOLVED
            | BundleEvent.UPDATED
            | BundleEvent.UNINSTALLED;

    private final JarFolder folder;
    private final BundleContext context;
    private final Consumer<String> warnings;
    private final Map<Path, DeployedJar> jars = new ConcurrentSkipListMap<>();
    private final BundleRefresher rewiring;
    private final AtomicBoolean changed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private SortedMap<Path, State> seen = Collections.emptySortedMap();
    private boolean readable = true;

    /**
     * @param context of the framework itself
     * @param warnings takes a line for each jar that is left out, on any thread
     */
    Deployment(Path folder, BundleContext context, Consumer<String> warnings) {
        this.folder = new JarFolder(folder);
        this.context = context;
        this.warnings = warnings;
        this.rewiring = new BundleRefresher(context, jars.values());
        context.addBundleListener(
                (SynchronousBundleListener) event -> changed.compareAndSet(false, (event.getType() & CHANGES) != 0));
    }

    /** Installs what is there, in alphabetical order. */
    void install() throws InterruptedException {
        seen = jarsThere();
        for (Map.Entry<Path, State> file : seen.entrySet()) {
            jar(file.getKey()).take(Optional.of(file.getValue())).await();
        }
    }

    /**
     * Starts what was installed: one after the other, for which of two equals comes first must depend on no race; but none
     * waits for a slow one for long, nor does this once all is to end.
     */
    void start() throws InterruptedException {
        List<CountDownLatch> slow = new ArrayList<>();
        for (DeployedJar jar : jars.values()) {
            CountDownLatch settled = jar.start();
            if (!settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                slow.add(settled);
            }
        }
        for (CountDownLatch settled : slow) {
            while (ended.getCount() > 0 && !settled.await(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                // Until one of the two comes about.
            }
        }
    }

    /** Nobody is to wait for a start any longer, nor to look at the folder: all is to end. */
    void end() {
        ended.countDown();
    }

    /** What is wrong by now. */
    void tell() {
        jars.values().forEach(DeployedJar::tell);
    }

    /** Looks at the folder from now on, twice a second. */
    void follow() {
        Thread thread = new Thread(this::lookUntilTheEnd, "deploy/");
        thread.setDaemon(true);
        thread.start();
    }

    private void lookUntilTheEnd() {
        try {
            while (!ended.await(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes in what is as it was at the look before, so that nothing half-copied is, and takes out what has gone. What is
     * wrong is reported when nothing has changed since: two jars that come together may need each other.
     */
    void look() {
        SortedMap<Path, State> now = jarsThere();
        now.keySet().forEach(this::jar);
        boolean again = changed.getAndSet(false);
        jars.forEach((file, jar) -> {
            Optional<State> state = Optional.ofNullable(now.get(file));
            boolean complete = state.isEmpty() || state.get().equals(seen.get(file));
            if (complete && !jar.isTakenAs(state)) {
                jar.take(state);
                jar.start();
            } else if (again) {
                jar.tryAgain();
            } else {
                jar.tell();
            }
        });
        seen = now;
    }

    /** As it was while the folder cannot be read. */
    private SortedMap<Path, State> jarsThere() {
        try {
            SortedMap<Path, State> there = folder.jars();
            readable = true;
            return there;
        } catch (IOException e) {
            if (readable) {
                warnings.accept("the folder %s cannot be read: %s".formatted(folder.folder(), Fault.of(e)));
            }
            readable = false;
            return seen;
        }
    }

    private DeployedJar jar(Path file) {
        return jars.computeIfAbsent(file, path -> new DeployedJar(path, context, rewiring, warnings));
    }

    /**
     * Looks at the folder no more, and interrupts what still starts.
     *
     * @return whether something starts all the same: the framework would wait for it when it stops
     */
    boolean endsWithAStart() throws InterruptedException {
        end();
        boolean stuck = false;
        for (DeployedJar jar : jars.values()) {
            stuck |= jar.endsWithAStart(LAST_MILLISECONDS);
        }
        return stuck;
    }
}
