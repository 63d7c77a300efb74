package org.atelier.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.api.health.Doctor;
import org.atelier.api.health.Finding;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Asks every health check that has the tag {@value #TAG}, those of plugins too; all at once, each on a thread of its own.
 *
 * <p>Felix's own executor caches, schedules and publishes results, and wants the event admin and the servlet API for
 * that: twenty components more at the start of every command, for one that asks them once.
 */
@Component
public final class HealthDoctor implements Doctor {

    public static final String TAG = "atelier";

    private static final String CHECKS = "(" + HealthCheck.TAGS + "=" + TAG + ")";

    /** Longer than a plugin may take to start unless configured otherwise. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final BundleContext context;
    private final Duration longest;

    @Activate
    public HealthDoctor(BundleContext context) {
        this(context, LONGEST);
    }

    HealthDoctor(BundleContext context, Duration longest) {
        this.context = context;
        this.longest = longest;
    }

    @Override
    public List<Finding> examine() {
        List<RunningCheck> running = new ArrayList<>();
        for (ServiceReference<HealthCheck> reference : checks()) {
            running.add(RunningCheck.begin(name(reference), () -> execute(reference)));
        }
        long deadline = System.nanoTime() + longest.toNanos();
        return running.stream()
                .flatMap(check -> check.findings(Duration.ofNanos(deadline - System.nanoTime())).stream())
                .sorted(Comparator.comparing(Finding::check)
                        .thenComparing(Finding::severity, Comparator.reverseOrder())
                        .thenComparing(Finding::subject))
                .toList();
    }

    private Iterable<ServiceReference<HealthCheck>> checks() {
        try {
            return context.getServiceReferences(HealthCheck.class, CHECKS);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Result execute(ServiceReference<HealthCheck> reference) {
        HealthCheck check = context.getService(reference);
        if (check == null) {
            throw new IllegalStateException("the check itself does not start");
        }
        try {
            return check.execute();
        } finally {
            context.ungetService(reference);
        }
    }

    private static String name(ServiceReference<HealthCheck> reference) {
        Object name = reference.getProperty(HealthCheck.NAME);
        return name == null ? String.valueOf(reference.getProperty("component.name")) : name.toString();
    }
}
