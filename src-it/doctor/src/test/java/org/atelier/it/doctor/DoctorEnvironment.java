package org.atelier.it.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.atelier.api.health.Doctor;
import org.atelier.api.health.Finding;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** Installs the jars of {@code deploy/} as the launcher does, sets configurations, and asks the doctor. */
public final class DoctorEnvironment {

    private final BundleContext context =
            FrameworkUtil.getBundle(DoctorEnvironment.class).getBundleContext();
    private final Path home = Path.of(context.getProperty("atelier.home"));
    private final List<Bundle> bundles = new ArrayList<>();
    private final List<Thread> starts = new ArrayList<>();
    private final Queue<BundleException> refused = new ConcurrentLinkedQueue<>();

    /** Returns the messages of the framework for the bundles that it did not install or start. */
    List<String> refused() {
        return refused.stream().map(BundleException::getMessage).toList();
    }

    /** Installs and starts every jar that can be. */
    void installAll() throws Exception {
        try (Stream<Path> jars = Files.list(home.resolve("deploy"))) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                try {
                    install(jar);
                } catch (BundleException e) {
                    refused.add(e);
                }
            }
        }
    }

    /** A start that never ends is left behind on its thread. */
    private void install(Path jar) throws BundleException, InterruptedException {
        Bundle bundle = context.installBundle(jar.toUri().toString());
        bundles.add(bundle);
        Thread start = new Thread(() -> {
            try {
                bundle.start();
            } catch (BundleException e) {
                refused.add(e);
            }
        });
        start.setDaemon(true);
        starts.add(start);
        start.start();
        start.join(jar.getFileName().toString().startsWith("never-starts") ? 100 : 20_000);
    }

    /** Deletes a jar; a bundle that is still starting stays. */
    void removeJar(String jar) throws IOException {
        Files.delete(home.resolve("deploy").resolve(jar));
    }

    /** Ends the starts that never end by themselves, so that the framework stops. */
    void interruptStarts() {
        starts.forEach(Thread::interrupt);
    }

    /** A check that comes with a plugin. */
    void registerCheck(HealthCheck check, String name) {
        context.registerService(
                HealthCheck.class,
                check,
                FrameworkUtil.asDictionary(Map.of(HealthCheck.NAME, name, HealthCheck.TAGS, new String[] {"atelier"})));
    }

    Bundle bundle(String symbolicName) {
        return bundles.stream()
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    void configure(String pid, Map<String, Object> values) throws Exception {
        context.getService(context.getServiceReference(ConfigurationAdmin.class))
                .getConfiguration(pid, "?")
                .update(FrameworkUtil.asDictionary(values));
    }

    /** Each as {@code SEVERITY check | subject | message | remedy}. */
    List<String> examine() {
        Doctor doctor = context.getService(context.getServiceReference(Doctor.class));
        return doctor.examine().stream().map(DoctorEnvironment::inLine).toList();
    }

    private static String inLine(Finding finding) {
        return finding.severity() + " " + finding.check() + " | " + finding.subject() + " | " + finding.message()
                + " | " + finding.remedy();
    }
}
