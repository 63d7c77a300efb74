package org.atelier.doctor.bundles;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.atelier.doctor.Cause;
import org.atelier.doctor.Findings;
import org.atelier.doctor.TimeLimited;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** An installed bundle of {@code deploy/}; finds out why it does not run. */
final class DeployedBundle {

    /** The time limit of an activator, from now on. */
    private static final Duration START = Duration.ofSeconds(5);

    private static final String TELL_AUTHOR = "Report it to its author, or remove the jar.";
    private static final String DEPLOY_DEPENDENCY =
            "Deploy a bundle that provides it too, or a version of this one that is built for this version of Atelier.";

    private final Bundle bundle;
    private final String name;
    private final Findings findings;

    /** @param name the display name of its file */
    DeployedBundle(Bundle bundle, String name, Findings findings) {
        this.bundle = bundle;
        this.name = name;
        this.findings = findings;
    }

    /** @return whether it runs */
    boolean examine(BundleContext context) {
        switch (bundle.getState()) {
            case Bundle.ACTIVE -> {
                return true;
            }
            case Bundle.INSTALLED -> unresolved(new MissingRequirements(context).of(bundle));
            case Bundle.RESOLVED -> {
                return isFragment() || resolved();
            }
            case Bundle.STARTING -> {
                return isLazy() || starting(context);
            }
            case Bundle.STOPPING ->
                findings.warning(
                        name,
                        "It is being stopped or replaced, and waits for the sets that use it.",
                        "Wait for them; drain.timeout in config/org.atelier.plugins.cfg bounds it.");
            default -> findings.warning(name, "It was just uninstalled.", "");
        }
        return false;
    }

    private void unresolved(List<String> missing) {
        if (missing.isEmpty()) {
            tryToStart();
        } else {
            findings.fault(name, "It needs " + String.join(", and ", missing) + ".", DEPLOY_DEPENDENCY);
        }
    }

    private boolean resolved() {
        if (!bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
            findings.warning(name, "It was stopped manually.", "Start it again, or remove the jar.");
            return false;
        }
        return tryToStart();
    }

    /** Starts the bundle again, since the framework does not record why a bundle did not start. */
    private boolean tryToStart() {
        try {
            new TimeLimited(START).run("start of " + name, () -> {
                bundle.start(Bundle.START_TRANSIENT);
                return bundle;
            });
            return true;
        } catch (ExecutionException e) {
            findings.fault(name, "It does not start: " + Cause.of(e.getCause()) + ".", TELL_AUTHOR);
        } catch (TimeoutException e) {
            reportBlockedStart();
        }
        return false;
    }

    /** Waits for a start on another thread, which may be about to end. */
    private boolean starting(BundleContext context) {
        CountDownLatch done = new CountDownLatch(1);
        BundleListener listener = event -> {
            if (event.getBundle().equals(bundle)) {
                done.countDown();
            }
        };
        context.addBundleListener(listener);
        try {
            if (bundle.getState() != Bundle.STARTING || done.await(START.toMillis(), TimeUnit.MILLISECONDS)) {
                return bundle.getState() == Bundle.ACTIVE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            context.removeBundleListener(listener);
        }
        reportBlockedStart();
        return false;
    }

    private void reportBlockedStart() {
        findings.fault(
                name,
                "Its activator does not return: the bundle has been starting for longer than %d s."
                        .formatted(START.toSeconds()),
                "Remove the jar, and report it to its author. It cannot be stopped while it is starting: if it never ends, restart"
                        + " Atelier again.");
    }

    private boolean isFragment() {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** Whether the bundle has lazy activation: it starts when its first class is loaded. */
    private boolean isLazy() {
        String policy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY);
        return policy != null
                && policy.startsWith(Constants.ACTIVATION_LAZY)
                && bundle.adapt(BundleStartLevel.class).isActivationPolicyUsed();
    }
}
