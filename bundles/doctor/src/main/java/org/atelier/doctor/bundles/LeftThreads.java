package org.atelier.doctor.bundles;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Reports threads that a deployed bundle did not end when it was stopped: those that executed its code or belonged to its
 * classes, and are still alive. Each keeps the classes of the bundle in memory.
 */
@Component(
        service = HealthCheck.class,
        immediate = true,
        property = {HealthCheck.NAME + "=threads", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class LeftThreads implements HealthCheck, SynchronousBundleListener {

    private final BundleContext context;
    private final DeployFolder deploy;
    private final List<LeftThread> threads = new ArrayList<>();

    @Activate
    public LeftThreads(BundleContext context) {
        this.context = context;
        this.deploy = DeployFolder.of(context);
        context.addBundleListener(this);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
    }

    /** Called after the activator has stopped and every component is deactivated. */
    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.STOPPED && deploy.holds(bundle) && !isFrameworkStopping()) {
            note(bundle);
        }
    }

    private boolean isFrameworkStopping() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
    }

    private synchronized void note(Bundle bundle) {
        BundleCode code = BundleCode.of(bundle);
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            if (thread.getKey() != Thread.currentThread() && code.runs(thread.getKey(), thread.getValue())) {
                threads.add(new LeftThread(thread.getKey(), bundle));
            }
        }
    }

    @Override
    public synchronized Result execute() {
        Findings findings = new Findings();
        for (Iterator<LeftThread> each = threads.iterator(); each.hasNext(); ) {
            LeftThread thread = each.next();
            if (thread.isAlive()) {
                thread.report(findings);
            } else {
                each.remove();
            }
        }
        findings.fine("threads", "%d threads run.".formatted(Thread.activeCount()));
        return findings.result();
    }
}
