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
 * Runs every health check with the tag {@value #TAG}, including those of plugins, concurrently, each on a thread of its own.
 *
 * <p>The executor of Felix caches, schedules and publishes results, and needs the event admin and the servlet API for that:
 * twenty more components at the start of every command, for one that runs the checks once.
 */
@Component
public final class HealthDoctor implements Doctor {

    public static final String TAG = "atelier";

    private static final String CHECKS = "(" + HealthCheck.TAGS + "=" + TAG + ")";

    /** Longer than the default start timeout of a plugin. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final BundleContext context;
    private final Duration timeout;

    @Activate
    public HealthDoctor(BundleContext context) {
        this(context, LIMIT);
    }

    HealthDoctor(BundleContext context, Duration timeout) {
        this.context = context;
        this.timeout = timeout;
    }

    @Override
    public List<Finding> examine() {
        List<RunningCheck> running = new ArrayList<>();
        for (ServiceReference<HealthCheck> reference : checks()) {
            running.add(RunningCheck.begin(name(reference), () -> execute(reference)));
        }
        long deadline = System.nanoTime() + timeout.toNanos();
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
            throw new IllegalStateException("the check does not start");
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
