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

/** A bundle of {@code deploy/} that the framework has taken, and why it does not run. */
final class DeployedBundle {

    /** What an activator may take beyond what it took already. */
    private static final Duration START = Duration.ofSeconds(5);

    private static final String TELL_AUTHOR = "Tell its author, or take the jar away.";
    private static final String PUT_WHAT_IT_NEEDS =
            "Put a bundle that offers it into deploy/ too, or a version of this one that is built for this Atelier.";

    private final Bundle bundle;
    private final String name;
    private final Findings findings;

    /** @param name as a user calls its file */
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
                        "It is being stopped or replaced, and waits for the sets that generate with it.",
                        "Wait for them; drain.timeout in config/org.atelier.plugins.cfg bounds it.");
            default -> findings.warning(name, "It was just uninstalled.", "");
        }
        return false;
    }

    private void unresolved(List<String> missing) {
        if (missing.isEmpty()) {
            tryToStart();
        } else {
            findings.fault(name, "It needs " + String.join(", and ", missing) + ".", PUT_WHAT_IT_NEEDS);
        }
    }

    private boolean resolved() {
        if (!bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
            findings.warning(name, "It was stopped by hand.", "Start it again, or take the jar away.");
            return false;
        }
        return tryToStart();
    }

    /** The framework keeps no record of why a bundle did not start: starting it again tells. */
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
            neverReady();
        }
        return false;
    }

    /** Another thread starts it; it may be about to be done. */
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
        neverReady();
        return false;
    }

    private void neverReady() {
        findings.fault(
                name,
                "Its activator does not come to an end: the bundle has been starting for longer than %d s."
                        .formatted(START.toSeconds()),
                "Take the jar away, and tell its author. While it is starting nobody can stop it: if it never ends, start"
                        + " Atelier again.");
    }

    private boolean isFragment() {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** One that starts when its first class is asked for. */
    private boolean isLazy() {
        String policy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY);
        return policy != null
                && policy.startsWith(Constants.ACTIVATION_LAZY)
                && bundle.adapt(BundleStartLevel.class).isActivationPolicyUsed();
    }
}
