package org.atelier.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/**
 * A jar of {@code deploy} and its bundle. All its operations run in order on a thread of its own, so a bundle that waits for a
 * set before it stops, or whose start never ends, does not block other jars.
 */
final class DeployedJar {

    /** An operation, which may release those that wait for it before it ends. */
    private interface Step {
        void run(CountDownLatch settled) throws InterruptedException;
    }

    private static final String NO_FAULT = "";

    private final Path file;
    private final BundleContext context;
    private final BundleRefresher refresher;
    private final DeploymentLog log;
    private final ThreadPoolExecutor inOrder;

    private volatile Optional<Bundle> bundle = Optional.empty();
    private volatile Optional<BundleStart> start = Optional.empty();
    private volatile String fault = NO_FAULT;

    /** Open until the last operation is done. */
    private volatile CountDownLatch last = new CountDownLatch(0);

    /** Confined to the thread that scans the folder. */
    private Optional<JarFolder.State> installedState = Optional.empty();

    private String lastReported = NO_FAULT;

    /** @param log receives one line for each fault and change */
    DeployedJar(Path file, BundleContext context, BundleRefresher refresher, DeploymentLog log) {
        this.file = file;
        this.context = context;
        this.refresher = refresher;
        this.log = log;
        this.inOrder = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        inOrder.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    private Thread thread(Runnable steps) {
        Thread thread = new Thread(steps, name());
        thread.setDaemon(true);
        return thread;
    }

    private String name() {
        return "deploy/" + file.getFileName();
    }

    /** Returns the installed bundle, if there is one. */
    Optional<Bundle> bundle() {
        return bundle;
    }

    /** Whether its start exceeds the time limit; waits until this is known. The framework would wait for it in any operation. */
    boolean isBlocked() throws InterruptedException {
        return start.isPresent() && start.get().awaitSettledAndLate();
    }

    /** Whether the bundle is active, starting or stopping. */
    boolean isActiveOrChanging() {
        return start.filter(BundleStart::isRunning).isPresent()
                || bundle.filter(DeployedJar::isToBeStopped).isPresent();
    }

    private static boolean isToBeStopped(Bundle known) {
        return (known.getState() & (Bundle.ACTIVE | Bundle.STOPPING)) != 0;
    }

    /** Whether the file has not changed since it was last applied. */
    boolean isCurrent(Optional<JarFolder.State> state) {
        return installedState.equals(state);
    }

    /** Installs, updates or uninstalls the bundle after its file was added, changed or removed. @return open when done */
    CountDownLatch apply(Optional<JarFolder.State> state) {
        installedState = state;
        if (start.filter(BundleStart::isLate).isPresent()) {
            fault =
                    "%s was %s while it is still starting; this takes effect when its start ends or Atelier is restarted"
                            .formatted(name(), state.isPresent() ? "replaced" : "removed");
        }
        return next(done -> fault = applyFile(state.isPresent()));
    }

    /** @return the fault; empty if there is none */
    private String applyFile(boolean isThere) throws InterruptedException {
        try {
            Optional<String> reason = isThere ? reasonToSkip() : Optional.empty();
            if (!isThere || reason.isPresent()) {
                uninstall();
            } else if (isInstalled()) {
                update(bundle.orElseThrow());
            } else {
                install();
            }
            return reason.map(this::skipped).orElse(NO_FAULT);
        } catch (IOException | BundleException | IllegalStateException e) {
            return skipped(Fault.of(e));
        }
    }

    private Optional<String> reasonToSkip() {
        try (JarFile jar = new JarFile(file.toFile())) {
            // The framework would accept any jar as a bundle.
            return Optional.ofNullable(jar.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME))
                    .map(DeployedJar::nativeStack)
                    .orElse(Optional.of("it is not a bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME));
        } catch (IOException e) {
            return Optional.of("it is not a valid jar, or was copied incompletely: " + Fault.of(e));
        }
    }

    /** Refuses bundles of native code: a process can load such code only once, from the distribution. */
    private static Optional<String> nativeStack(String symbolicName) {
        return symbolicName.startsWith("org.atelier.libs.")
                ? Optional.of("native stacks cannot be deployed; replace it in bundle/20/ and restart Atelier")
                : Optional.empty();
    }

    private boolean isInstalled() {
        return bundle.filter(known -> known.getState() != Bundle.UNINSTALLED).isPresent();
    }

    /** Installs a copy of the file, so that the file can be replaced while the bundle runs. */
    private void install() throws BundleException, InterruptedException {
        Bundle installed = context.installBundle(file.toUri().toString());
        bundle = Optional.of(installed);
        start = Optional.empty();
        refresh(refresher.optionallyWiredTo(installed));
    }

    private void update(Bundle known) throws IOException, BundleException, InterruptedException {
        Set<Bundle> affected = new HashSet<>(refresher.optionallyWiredTo(known));
        String before = identity(known);
        // Stop the bundle first; otherwise the framework would restart it itself, without a time limit.
        stop();
        try (InputStream content = Files.newInputStream(file)) {
            known.update(content);
        }
        log.note("%s was replaced: %s, before %s".formatted(name(), identity(known), before));
        affected.addAll(refresher.optionallyWiredTo(known));
        affected.add(known);
        refresh(affected);
    }

    private void uninstall() throws BundleException, InterruptedException {
        if (isInstalled()) {
            Bundle known = bundle.orElseThrow();
            Set<Bundle> affected = new HashSet<>(refresher.optionallyWiredTo(known));
            affected.add(known);
            known.uninstall();
            bundle = Optional.empty();
            log.note("%s was removed: %s".formatted(name(), identity(known)));
            refresh(affected);
        }
    }

    private static String identity(Bundle known) {
        return known.getSymbolicName() + " " + known.getVersion();
    }

    private void refresh(Collection<Bundle> affected) throws InterruptedException {
        if (!affected.isEmpty() && !refresher.refresh(affected)) {
            log.warn(
                    "%s has changed; bundles that are wired to it and still starting use the old version until Atelier is restarted"
                            .formatted(name()));
        }
    }

    /** Stops the bundle until the next start, or waits until another thread has stopped it. It stops even if it throws. */
    void stop() {
        Optional<Bundle> running = bundle.filter(DeployedJar::isToBeStopped);
        try {
            if (running.isPresent()) {
                running.get().stop(Bundle.STOP_TRANSIENT);
            }
        } catch (BundleException e) {
            log.warn("%s failed to stop in order: %s".formatted(name(), Fault.of(e)));
        } catch (IllegalStateException e) {
            // The bundle was uninstalled meanwhile.
        }
    }

    /** Starts the bundle after all pending operations. @return open when it runs, fails, or exceeds the time limit */
    CountDownLatch start() {
        return next(settled -> startWithin(Integer.getInteger(Deployment.START_TIMEOUT, 30), settled));
    }

    /** Retries a failed installation or start, since another bundle has changed; pending operations end with a start anyway. */
    void retry() {
        if (inOrder.getQueue().isEmpty()) {
            if (bundle.isEmpty() && installedState.isPresent()) {
                apply(installedState);
            }
            start();
        }
    }

    private void startWithin(int seconds, CountDownLatch settled) throws InterruptedException {
        Optional<Bundle> idle = bundle.filter(this::isToBeStarted);
        if (idle.isEmpty()) {
            return;
        }
        refresher.begin(idle.get(), () -> start = Optional.of(new BundleStart(idle.get())));
        BundleStart attempt = start.orElseThrow();
        try {
            attempt.await(seconds);
            fault = NO_FAULT;
            log.note("%s runs: %s".formatted(name(), identity(idle.get())));
        } catch (ExecutionException e) {
            fault = skipped(Fault.of(e));
        } catch (TimeoutException e) {
            fault = skipped("it has not started within %d s".formatted(seconds));
            settled.countDown();
            attempt.awaitEnd();
        }
    }

    private CountDownLatch next(Step step) {
        CountDownLatch settled = new CountDownLatch(1);
        last = settled;
        inOrder.execute(() -> {
            try {
                step.run(settled);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                settled.countDown();
            }
        });
        return settled;
    }

    /** Whether the bundle is to be started; false for a fragment or a manually stopped bundle. */
    private boolean isToBeStarted(Bundle known) {
        boolean idle = (known.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0;
        boolean fragment = idle && (known.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        return idle
                && !fragment
                && (start.isEmpty() || known.adapt(BundleStartLevel.class).isPersistentlyStarted());
    }

    private String skipped(String reason) {
        return "%s is left out: %s".formatted(name(), reason);
    }

    /** Whether no operation runs or waits, except behind a start that exceeds its time limit; until then a fault may be obsolete. */
    boolean isSettled() {
        return last.getCount() == 0 || start.filter(BundleStart::isLate).isPresent();
    }

    /** Reports the current fault once; reports it again only after it was different meanwhile. */
    void report() {
        String line = fault;
        if (!line.equals(lastReported) && !line.equals(NO_FAULT)) {
            log.warn(line);
        }
        lastReported = line;
    }

    /**
     * Discards pending operations and interrupts a running start.
     *
     * @return whether the start is still running after the given time
     */
    boolean stopFollowing(long milliseconds) throws InterruptedException {
        inOrder.shutdown();
        inOrder.getQueue().clear();
        return start.isPresent() && start.get().survivesInterrupt(milliseconds);
    }
}
