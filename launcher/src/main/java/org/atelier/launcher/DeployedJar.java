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
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/**
 * A jar of {@code deploy}, and the bundle that it becomes. All that happens to it happens in order and on a thread of its
 * own: a bundle that waits for a set before it stops, or never comes to an end of its start, keeps no other jar.
 */
final class DeployedJar {

    /** What is done with it next; it may be settled for others before it ends. */
    private interface Step {
        void run(CountDownLatch settled) throws InterruptedException;
    }

    private static final String NO_FAULT = "";

    private final Path file;
    private final BundleContext context;
    private final BundleRefresher rewiring;
    private final Consumer<String> warnings;
    private final ThreadPoolExecutor inOrder;

    private volatile Optional<Bundle> bundle = Optional.empty();
    private volatile Optional<BundleStart> start = Optional.empty();
    private volatile String fault = NO_FAULT;

    /** While it is tried: what was wrong before may be over. */
    private volatile boolean undecided;

    /** Of the thread that looks at the folder. */
    private Optional<JarFolder.State> taken = Optional.empty();

    private String told = NO_FAULT;

    /** @param warnings takes a line for whatever is wrong with it */
    DeployedJar(Path file, BundleContext context, BundleRefresher rewiring, Consumer<String> warnings) {
        this.file = file;
        this.context = context;
        this.rewiring = rewiring;
        this.warnings = warnings;
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

    /** What the framework has of it, if anything. */
    Optional<Bundle> bundle() {
        return bundle;
    }

    /** Whether its start takes too long, which is waited for: the framework would wait for it whatever it is asked to do. */
    boolean isHeld() throws InterruptedException {
        return start.isPresent() && start.get().turnsOutLate();
    }

    /** Whether it runs, or is about to run or to stop. */
    boolean isUp() {
        return start.filter(BundleStart::isUnderWay).isPresent()
                || bundle.filter(DeployedJar::isToBeStopped).isPresent();
    }

    private static boolean isToBeStopped(Bundle known) {
        return (known.getState() & (Bundle.ACTIVE | Bundle.STOPPING)) != 0;
    }

    /** Whether the file is as it was when it was taken in last. */
    boolean isTakenAs(Optional<JarFolder.State> state) {
        return taken.equals(state);
    }

    /** Installs, updates or uninstalls the bundle, as the file came, changed or went. @return open when that is done */
    CountDownLatch take(Optional<JarFolder.State> state) {
        taken = state;
        if (start.filter(BundleStart::isLate).isPresent()) {
            fault = "%s was %s while it is still starting: that waits until its start ends, or Atelier is started again"
                    .formatted(name(), state.isPresent() ? "replaced" : "taken away");
        }
        return next(done -> {
            undecided = true;
            decide(followFile(state.isPresent()));
        });
    }

    private void decide(String outcome) {
        fault = outcome;
        undecided = false;
    }

    /** @return what is wrong, if anything */
    private String followFile(boolean isThere) throws InterruptedException {
        try {
            Optional<String> reason = isThere ? reasonToLeaveOut() : Optional.empty();
            if (!isThere || reason.isPresent()) {
                uninstall();
            } else if (isInstalled()) {
                update(bundle.orElseThrow());
            } else {
                install();
            }
            return reason.map(this::leftOut).orElse(NO_FAULT);
        } catch (IOException | BundleException | IllegalStateException e) {
            return leftOut(Fault.of(e));
        }
    }

    private Optional<String> reasonToLeaveOut() {
        try (JarFile jar = new JarFile(file.toFile())) {
            // The framework would take any jar for a bundle.
            return Optional.ofNullable(jar.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME))
                    .map(DeployedJar::nativeStack)
                    .orElse(Optional.of("it is no bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME));
        } catch (IOException e) {
            return Optional.of("it is no jar, or not copied to its end: " + Fault.of(e));
        }
    }

    /** The distribution's own native code, which a process loads once: a second of them would not start. */
    private static Optional<String> nativeStack(String symbolicName) {
        return symbolicName.startsWith("org.atelier.libs.")
                ? Optional.of("native stacks are never deployed; replace it in bundle/20/ and start again")
                : Optional.empty();
    }

    private boolean isInstalled() {
        return bundle.filter(known -> known.getState() != Bundle.UNINSTALLED).isPresent();
    }

    /** The framework keeps a copy, so that the file may be replaced while the bundle runs. */
    private void install() throws BundleException, InterruptedException {
        Bundle installed = context.installBundle(file.toUri().toString());
        bundle = Optional.of(installed);
        start = Optional.empty();
        refresh(rewiring.interestedIn(installed));
    }

    private void update(Bundle known) throws IOException, BundleException, InterruptedException {
        Set<Bundle> affected = new HashSet<>(rewiring.interestedIn(known));
        // The framework would start it again itself, for as long as that takes.
        stop();
        try (InputStream content = Files.newInputStream(file)) {
            known.update(content);
        }
        affected.addAll(rewiring.interestedIn(known));
        affected.add(known);
        refresh(affected);
    }

    private void uninstall() throws BundleException, InterruptedException {
        if (isInstalled()) {
            Bundle known = bundle.orElseThrow();
            Set<Bundle> affected = new HashSet<>(rewiring.interestedIn(known));
            affected.add(known);
            known.uninstall();
            bundle = Optional.empty();
            refresh(affected);
        }
    }

    private void refresh(Collection<Bundle> affected) throws InterruptedException {
        if (!affected.isEmpty() && !rewiring.refresh(affected)) {
            warnings.accept(
                    "%s has changed; what is wired to it and still starting keeps the old one until Atelier is started again"
                            .formatted(name()));
        }
    }

    /** Until the next start, or waits until another has stopped it; one that complains has stopped all the same. */
    void stop() {
        Optional<Bundle> running = bundle.filter(DeployedJar::isToBeStopped);
        try {
            if (running.isPresent()) {
                running.get().stop(Bundle.STOP_TRANSIENT);
            }
        } catch (BundleException e) {
            warnings.accept("%s complained when it was stopped: %s".formatted(name(), Fault.of(e)));
        } catch (IllegalStateException e) {
            // It was uninstalled while this waited.
        }
    }

    /** Starts it as soon as nothing else happens to it. @return open when it runs, fails, or takes too long */
    CountDownLatch start() {
        return next(settled -> startWithin(Integer.getInteger(Deployment.START_TIMEOUT, 30), settled));
    }

    /** Tries again what did not come to be, for something has changed; whatever is to happen next ends with a start. */
    void tryAgain() {
        if (inOrder.getQueue().isEmpty()) {
            if (bundle.isEmpty() && taken.isPresent()) {
                take(taken);
            }
            start();
        }
    }

    private void startWithin(int seconds, CountDownLatch settled) throws InterruptedException {
        Optional<Bundle> idle = bundle.filter(this::isToBeStarted);
        if (idle.isEmpty()) {
            return;
        }
        undecided = true;
        rewiring.begin(() -> start = Optional.of(new BundleStart(idle.get())));
        BundleStart attempt = start.orElseThrow();
        try {
            attempt.await(seconds);
            decide(NO_FAULT);
        } catch (ExecutionException e) {
            decide(leftOut(Fault.of(e)));
        } catch (TimeoutException e) {
            decide(leftOut("it has not started within %d s".formatted(seconds)));
            settled.countDown();
            attempt.awaitEnd();
        }
    }

    private CountDownLatch next(Step step) {
        CountDownLatch settled = new CountDownLatch(1);
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

    /** Not what somebody stopped by hand. */
    private boolean isToBeStarted(Bundle known) {
        boolean idle = (known.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0;
        boolean fragment = idle && (known.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        return idle
                && !fragment
                && (start.isEmpty() || known.adapt(BundleStartLevel.class).isPersistentlyStarted());
    }

    private String leftOut(String reason) {
        return "%s is left out: %s".formatted(name(), reason);
    }

    /** Reports what is wrong with it, once: what was reported is reported again only after it was otherwise. */
    void tell() {
        if (undecided) {
            return;
        }
        String line = fault;
        if (!line.equals(told) && !line.equals(NO_FAULT)) {
            warnings.accept(line);
        }
        told = line;
    }

    /**
     * Does nothing more with it when what is done now has ended, and interrupts its start.
     *
     * @return whether that goes on all the same, a while later
     */
    boolean endsWithAStart(long milliseconds) throws InterruptedException {
        inOrder.shutdown();
        inOrder.getQueue().clear();
        return start.isPresent() && start.get().outlives(milliseconds);
    }
}
