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
 * The bundles that carry native code. A process loads it once, so that they cannot be replaced in one that runs: whoever
 * does so hears it in the log when it happens, and from the doctor afterwards.
 */
@Component(
        service = HealthCheck.class,
        immediate = true,
        property = {HealthCheck.NAME + "=native stacks", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class NativeStacks implements HealthCheck, SynchronousBundleListener {

    static final String NEVER_DEPLOYED = "Native stacks are part of the distribution and never deployed.";
    static final String REPLACE_AND_RESTART =
            "Take it away; to change a native stack, replace it in bundle/20/ and start Atelier again.";

    private static final String RESTART = "Start Atelier again: native code is loaded once in a process.";

    private static final Logger LOG = LoggerFactory.getLogger(NativeStacks.class);

    private final BundleContext context;
    private final DeployFolder deploy;

    /** Tells the log what it finds: replacing a stack has ended this component too, before it could hear of it. */
    @Activate
    public NativeStacks(BundleContext context) {
        this.context = context;
        this.deploy = DeployFolder.of(context);
        context.addBundleListener(this);
        replaced().forEach(bundle -> LOG.warn("{}: {} {}", nameOf(bundle), stateOf(bundle), RESTART));
        Arrays.stream(context.getBundles()).forEach(this::tellTheLogIfRival);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
    }

    /** By its symbolic name, which says whose native code it is. */
    static boolean isNamedSo(String symbolicName) {
        return symbolicName != null && symbolicName.startsWith("org.atelier.libs.");
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.INSTALLED, BundleEvent.UPDATED -> tellTheLogIfRival(bundle);
            case BundleEvent.UNRESOLVED -> {
                if (isStack(bundle) && !frameworkStops()) {
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
            if (!isNamedSo(bundle.getSymbolicName())) {
                rivalry(bundle).ifPresent(found -> findings.fault(deployedName(bundle), found, REPLACE_AND_RESTART));
            }
        }
        findings.fine("native stacks", "Here are %d.".formatted(stacks().count()));
        return findings.result();
    }

    private Stream<Bundle> stacks() {
        return Arrays.stream(context.getBundles()).filter(this::isStack);
    }

    private boolean isStack(Bundle bundle) {
        return isNamedSo(bundle.getSymbolicName()) && !deploy.holds(bundle);
    }

    private Stream<Bundle> replaced() {
        return stacks().filter(bundle -> isNewer(bundle) || bundle.getState() != Bundle.ACTIVE);
    }

    /** A process takes in its distribution level by level, the stacks before the doctor. */
    private boolean isNewer(Bundle bundle) {
        return bundle.getLastModified() > context.getBundle().getLastModified();
    }

    private String stateOf(Bundle bundle) {
        return isNewer(bundle) ? "It was replaced while Atelier ran." : "It does not run any more.";
    }

    private void tellTheLogIfRival(Bundle bundle) {
        rivalry(bundle).ifPresent(found -> LOG.warn("{}: {} {}", deployedName(bundle), found, REPLACE_AND_RESTART));
    }

    /** What a deployed bundle has in common with a stack; nothing where it has not, or is the distribution's own. */
    private Optional<String> rivalry(Bundle bundle) {
        if (!deploy.holds(bundle)) {
            return Optional.empty();
        }
        if (isNamedSo(bundle.getSymbolicName())) {
            return Optional.of(NEVER_DEPLOYED);
        }
        TreeMap<String, Bundle> owners = new TreeMap<>();
        stacks().forEach(stack -> packages(stack).forEach(name -> owners.put(name, stack)));
        return packages(bundle)
                .filter(owners::containsKey)
                .min(String::compareTo)
                .map(name ->
                        "It brings the package %s of %s. %s".formatted(name, nameOf(owners.get(name)), NEVER_DEPLOYED));
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

    private boolean frameworkStops() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
    }
}
