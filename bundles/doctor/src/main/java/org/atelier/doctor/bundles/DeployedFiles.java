package org.atelier.doctor.bundles;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.atelier.doctor.Cause;
import org.atelier.doctor.DanglingSymlink;
import org.atelier.doctor.Findings;
import org.atelier.doctor.HealthDoctor;
import org.atelier.doctor.bundles.JarInspection.Identity;
import org.atelier.doctor.bundles.JarInspection.NoBundleException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Checks that every file in {@code deploy/} is a running bundle. */
@Component(property = {HealthCheck.NAME + "=deployed files", HealthCheck.TAGS + "=" + HealthDoctor.TAG})
public final class DeployedFiles implements HealthCheck {

    /** Tolerates different clocks of the file system and the framework. */
    private static final long TOLERANCE_MILLISECONDS = 2_000;

    private final BundleContext context;
    private final DeployFolder deploy;

    @Activate
    public DeployedFiles(BundleContext context) {
        this.context = context;
        this.deploy = DeployFolder.of(context);
    }

    @Override
    public Result execute() {
        Findings findings = new Findings();
        int running = 0;
        if (deploy.isNotFolder()) {
            findings.fault("deploy/", "It is not a folder, so nothing can be deployed.", "Replace it by a folder.");
        }
        try {
            for (Path file : deploy.files()) {
                running += runs(file, findings) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("deploy/ cannot be read", e);
        }
        reportRemovedFiles(findings);
        findings.fine("deploy/", "Running bundles that came from here: %d.".formatted(running));
        return findings.result();
    }

    /** Examines bundles whose files were removed while they were starting or stopping. */
    private void reportRemovedFiles(Findings findings) {
        for (Bundle bundle : context.getBundles()) {
            boolean busy = (bundle.getState() & (Bundle.STARTING | Bundle.STOPPING)) != 0;
            Optional<Path> gone = deploy.file(bundle).filter(file -> busy && Files.notExists(file));
            gone.ifPresent(file -> new DeployedBundle(bundle, DeployFolder.name(file), findings).examine(context));
        }
    }

    private boolean runs(Path file, Findings findings) throws IOException {
        String name = DeployFolder.name(file);
        if (DanglingSymlink.is(file)) {
            findings.warning(name, DanglingSymlink.FOUND, DanglingSymlink.REMEDY);
            return false;
        }
        if (!Files.isRegularFile(file) || !name.endsWith(".jar")) {
            findings.warning(
                    name,
                    "It is ignored: only files whose names end in .jar are deployed.",
                    "Rename it when it is copied completely, or remove it.");
            return false;
        }
        try {
            Identity identity = JarInspection.inspect(file);
            if (NativeStacks.isStackName(identity.symbolicName())) {
                findings.fault(name, NativeStacks.NEVER_DEPLOYED, NativeStacks.REPLACE_AND_RESTART);
                return false;
            }
            Optional<Bundle> bundle = bundle(file);
            if (bundle.isEmpty()) {
                reportNotInstalled(file, name, identity, findings);
                return false;
            }
            warnIfOlder(bundle.get(), file, name, findings);
            return new DeployedBundle(bundle.get(), name, findings).examine(context);
        } catch (NoBundleException e) {
            findings.fault(name, e.getMessage(), e.remedy());
            return false;
        }
    }

    private Optional<Bundle> bundle(Path file) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> deploy.file(bundle).filter(file::equals).isPresent())
                .findFirst();
    }

    private static void warnIfOlder(Bundle bundle, Path file, String name, Findings findings) throws IOException {
        if (Files.getLastModifiedTime(file).toMillis() > bundle.getLastModified() + TOLERANCE_MILLISECONDS) {
            findings.warning(
                    name,
                    "The file is newer than the running bundle.",
                    "It is installed when no set uses the old one any more, or at the next start.");
        }
    }

    private void reportNotInstalled(Path file, String name, Identity identity, Findings findings) {
        Optional<Bundle> same = Arrays.stream(context.getBundles())
                .filter(bundle -> identity.is(bundle.getSymbolicName(), bundle.getVersion()))
                .findFirst();
        if (same.isPresent()) {
            findings.fault(
                    name,
                    "%s %s is already installed from %s."
                            .formatted(
                                    identity.symbolicName(),
                                    same.get().getVersion(),
                                    deploy.file(same.get())
                                            .map(DeployFolder::name)
                                            .orElse("Atelier itself")),
                    "Remove one of the two, or give this one another version.");
            return;
        }
        try {
            tryInstall(file);
            findings.warning(
                    name,
                    "It is not installed yet.",
                    "A command takes in what is there when it starts; a server looks every half second. If it stays so,"
                            + " start Atelier again.");
        } catch (BundleException | IOException e) {
            findings.fault(
                    name, "The framework refuses it: " + Cause.of(e) + ".", "Correct its manifest, or remove it.");
        }
    }

    /** Installs and uninstalls the file, since the framework reports the cause of a refusal only to the caller. */
    private void tryInstall(Path file) throws BundleException, IOException {
        try (InputStream content = Files.newInputStream(file)) {
            context.installBundle("doctor:" + file, content).uninstall();
        }
    }
}
