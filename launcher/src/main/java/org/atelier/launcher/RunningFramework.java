package org.atelier.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** One framework with the bundles of a distribution, from start to stop. */
final class RunningFramework implements AutoCloseable {

    private static final String COMMAND_LINE = "(atelier.name=command-line)";

    /** The configuration files that every command reads, and those of the watched folders. */
    private static final String OWN_CONFIGURATIONS = "org\\.atelier\\..*\\.cfg";

    private static final String WATCHED_FOLDERS = "org\\.apache\\.felix\\.fileinstall-.*\\.cfg";

    /** How long the bundles may take to stop: longer than one denoising step of a large network on a slow machine. */
    private static final long STOP_MILLISECONDS = 60_000;

    private final Distribution distribution;
    private final Deployment deployment;
    private final boolean watches;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Storage storage;
    private Framework framework;
    private Bundle commandBundle;

    /**
     * Makes no file yet.
     *
     * @param watches whether what is put into {@code deploy} while it runs is installed, and what is changed there updated;
     *     without it, what lies there at the start is
     */
    RunningFramework(Distribution distribution, boolean watches) {
        this(distribution, watches, fault -> System.err.println("atelier: " + fault));
    }

    /** @param warnings takes a line for each deployed jar that is left out */
    RunningFramework(Distribution distribution, boolean watches, Consumer<String> warnings) {
        this.distribution = distribution;
        this.deployment = new Deployment(distribution.deployed(), warnings);
        this.watches = watches;
    }

    /**
     * Starts every bundle, level by level.
     *
     * @return the command line that one of the bundles offers
     * @throws CannotStartException naming the first bundle that does not start, and why; or when closed already
     */
    synchronized ToIntFunction<String[]> start() {
        requireOpen();
        List<Distribution.Part> parts = distribution.parts();
        storage = Storage.create();
        framework = new FrameworkFactory().newFramework(configuration());
        try {
            framework.init();
            for (Distribution.Part part : parts) {
                install(part);
            }
            if (!watches) {
                deployment.install(framework.getBundleContext());
            }
            framework.start();
        } catch (BundleException e) {
            throw new CannotStartException(Fault.of(e), e);
        }
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (!deployment.holds(bundle)) {
                requireStarted(bundle);
            }
        }
        deployment.tellWhatDidNotStart();
        ToIntFunction<String[]> commandLine = commandLine();
        requireOpen();
        return commandLine;
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new CannotStartException("it was told to stop");
        }
    }

    /**
     * Stops the command line's bundle first, then all others, and leaves no file behind. A start that is under way ends
     * without a command line; a second call does nothing.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            stopWhatStarted();
        }
    }

    private synchronized void stopWhatStarted() {
        if (framework == null) {
            return;
        }
        try {
            if (commandBundle != null) {
                commandBundle.stop(Bundle.STOP_TRANSIENT);
            }
            framework.stop();
            framework.waitForStop(STOP_MILLISECONDS);
        } catch (BundleException e) {
            System.err.println("Atelier did not stop in order: " + Fault.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            storage.delete();
        }
    }

    /** Where the framework keeps its state while it runs. */
    Path storage() {
        return storage.folder();
    }

    private Map<String, String> configuration() {
        return Map.ofEntries(
                Map.entry(Constants.FRAMEWORK_STORAGE, storage.folder().toString()),
                Map.entry(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(Deployment.START_LEVEL)),
                // The framework's own log would go to standard output.
                Map.entry("felix.log.level", "0"),
                Map.entry(Launcher.HOME, distribution.home().toString()),
                Map.entry(
                        "org.ops4j.pax.logging.property.file",
                        distribution.loggingConfiguration().toString()),
                // Until that file is read.
                Map.entry("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR"),
                // The other files of config/ go to the bundles that they are named for, before those start.
                Map.entry("felix.fileinstall.dir", distribution.configuration().toString()),
                Map.entry(
                        "felix.fileinstall.filter",
                        watches ? OWN_CONFIGURATIONS + "|" + WATCHED_FOLDERS : OWN_CONFIGURATIONS),
                Map.entry("felix.fileinstall.noInitialDelay", "true"),
                Map.entry("felix.fileinstall.enableConfigSave", "false"),
                Map.entry("felix.fileinstall.log.level", "1"),
                Map.entry("felix.fileinstall.tmpdir", storage.folder().toString()));
    }

    /** By reference: the framework reads the distribution's own files and copies nothing. */
    private void install(Distribution.Part part) throws BundleException {
        Bundle bundle = framework
                .getBundleContext()
                .installBundle("reference:" + part.location().toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(part.startLevel());
        if (!isFragment(bundle)) {
            bundle.start();
        }
    }

    /** The framework goes on when a bundle fails; starting that one again tells why it did. */
    private static void requireStarted(Bundle bundle) {
        if (bundle.getState() == Bundle.ACTIVE || isFragment(bundle)) {
            return;
        }
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            throw new CannotStartException(bundle.getSymbolicName() + ": " + Fault.of(e), e);
        }
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    private ToIntFunction<String[]> commandLine() {
        BundleContext context = framework.getBundleContext();
        @SuppressWarnings("rawtypes")
        ServiceReference<ToIntFunction> reference;
        try {
            reference = context.getServiceReferences(ToIntFunction.class, COMMAND_LINE).stream()
                    .findFirst()
                    .orElseThrow(() -> new CannotStartException("no bundle offers a command line " + COMMAND_LINE
                            + "; one that it needs is missing from " + distribution.home()));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        @SuppressWarnings("unchecked")
        ToIntFunction<String[]> commandLine = context.getService(reference);
        if (commandLine == null) {
            throw new CannotStartException("the command line of " + reference.getBundle() + " failed to start");
        }
        commandBundle = reference.getBundle();
        return commandLine;
    }
}
