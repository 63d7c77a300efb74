package org.atelier.doctor.bundles;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the bundles that contain native code. A process loads native code only once, so these bundles cannot be replaced while
 * it runs: a replacement is logged when it happens, and is a finding afterwards.
 */
@Component(
        service = HealthCheck.class,
        immediate = true,
        property = {HealthCheck.NAME + "=native stacks", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class NativeStacks implements HealthCheck, SynchronousBundleListener {

    static final String NEVER_DEPLOYED = "Native stacks are part of the distribution and cannot be deployed.";
    static final String REPLACE_AND_RESTART =
            "Remove it; to change a native stack, replace it in bundle/20/ and restart Atelier.";

    private static final String RESTART = "Restart Atelier: a process loads native code only once.";

    private static final Logger LOG = LoggerFactory.getLogger(NativeStacks.class);

    private final BundleContext context;
    private final DeployFolder deploy;

    /** Logs what it finds, since the replacement of a stack also restarts this component before it receives the event. */
    @Activate
    public NativeStacks(BundleContext context) {
        this.context = context;
        this.deploy = DeployFolder.of(context);
        context.addBundleListener(this);
        replaced().forEach(bundle -> LOG.warn("{}: {} {}", nameOf(bundle), stateOf(bundle), RESTART));
        Arrays.stream(context.getBundles()).forEach(this::warnIfConflicting);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
    }

    /** Whether a symbolic name is that of a native stack. */
    static boolean isStackName(String symbolicName) {
        return symbolicName != null && symbolicName.startsWith("org.atelier.libs.");
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.INSTALLED, BundleEvent.UPDATED -> warnIfConflicting(bundle);
            case BundleEvent.UNRESOLVED -> {
                if (isStack(bundle) && !isFrameworkStopping()) {
                    LOG.warn("{}: It is being replaced or taken away while Atelier runs. {}", nameOf(bundle), RESTART);
                }
            }
            default -> {}
        }
    }

    @Override
    public Result execute() {
        Findings findings = new Findings();
        replaced().forEach(bundle -> findings.fault(nameOf(bundle), stateOf(bundle), RESTART));
        for (Bundle bundle : context.getBundles()) {
            // The check of deployed files reports a file of such a name, installed or not.
            if (!isStackName(bundle.getSymbolicName())) {
                conflict(bundle).ifPresent(found -> findings.fault(deployedName(bundle), found, REPLACE_AND_RESTART));
            }
        }
        findings.fine("native stacks", "Found: %d.".formatted(stacks().count()));
        return findings.result();
    }

    private Stream<Bundle> stacks() {
        return Arrays.stream(context.getBundles()).filter(this::isStack);
    }

    private boolean isStack(Bundle bundle) {
        return isStackName(bundle.getSymbolicName()) && !deploy.holds(bundle);
    }

    private Stream<Bundle> replaced() {
        return stacks().filter(bundle -> isNewer(bundle) || bundle.getState() != Bundle.ACTIVE);
    }

    /** Whether a stack was installed after this bundle; a process installs its distribution level by level, stacks first. */
    private boolean isNewer(Bundle bundle) {
        return bundle.getLastModified() > context.getBundle().getLastModified();
    }

    private String stateOf(Bundle bundle) {
        return isNewer(bundle) ? "It was replaced while Atelier ran." : "It no longer runs.";
    }

    private void warnIfConflicting(Bundle bundle) {
        conflict(bundle).ifPresent(found -> LOG.warn("{}: {} {}", deployedName(bundle), found, REPLACE_AND_RESTART));
    }

    /** Returns the conflict of a deployed bundle with a stack; empty without one, or for a bundle of the distribution. */
    private Optional<String> conflict(Bundle bundle) {
        if (!deploy.holds(bundle)) {
            return Optional.empty();
        }
        if (isStackName(bundle.getSymbolicName())) {
            return Optional.of(NEVER_DEPLOYED);
        }
        TreeMap<String, Bundle> owners = new TreeMap<>();
        stacks().forEach(stack -> packages(stack).forEach(name -> owners.put(name, stack)));
        return packages(bundle)
                .filter(owners::containsKey)
                .min(String::compareTo)
                .map(name -> "It contains the package %s of %s. %s"
                        .formatted(name, nameOf(owners.get(name)), NEVER_DEPLOYED));
    }

    private static Stream<String> packages(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? Stream.empty()
                : revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
                        .map(BundleCapability::getAttributes)
                        .map(attributes -> String.valueOf(attributes.get(PackageNamespace.PACKAGE_NAMESPACE)));
    }

    private static String nameOf(Bundle bundle) {
        return bundle.getSymbolicName();
    }

    private String deployedName(Bundle bundle) {
        return deploy.file(bundle).map(DeployFolder::name).orElse(bundle.getSymbolicName());
    }

    private boolean isFrameworkStopping() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
    }
}
