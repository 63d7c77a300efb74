package org.atelier.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** One framework with the bundles of a distribution, from start to stop. */
final class RunningFramework implements AutoCloseable {

    private static final String COMMAND_LINE = "(atelier.name=command-line)";

    /** The configuration files that every command reads, those of somebody's plugins too; and those of the watched folders. */
    private static final String CONFIGURATIONS =
            "(?!org\\.apache\\.felix\\.fileinstall-|org\\.ops4j\\.pax\\.logging\\.).*\\.cfg";

    private static final String WATCHED_FOLDERS = "org\\.apache\\.felix\\.fileinstall-.*\\.cfg";

    /** How long the bundles may take to stop: longer than one denoising step of a large network on a slow machine. */
    private static final long STOP_MILLISECONDS = 60_000;

    /** How long, when a deployed bundle that still starts keeps the framework from stopping at all. */
    private static final long STUCK_MILLISECONDS = 1_000;

    private final Distribution distribution;
    private final Deployment deployment;
    private final Mode mode;
    private final List<Bundle> own = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private DataFolder data;
    private Storage storage;
    private Framework framework;
    private Bundle commandBundle;

    /** Makes no file yet. */
    RunningFramework(Distribution distribution, Mode mode) {
        this(distribution, mode, fault -> System.err.println("atelier: " + fault));
    }

    /** @param warnings takes a line for each deployed jar that is left out */
    RunningFramework(Distribution distribution, Mode mode, Consumer<String> warnings) {
        this.distribution = distribution;
        this.deployment = new Deployment(distribution.deployed(), warnings);
        this.mode = mode;
    }

    /**
     * Starts every bundle, level by level. A server holds its data folder from here on, and follows what is put into {@code
     * deploy}; a command takes in what lies there now. It draws one set, so it would gain nothing by following, and only
     * have to end when a plugin that it draws with is replaced.
     *
     * @return the command line that one of the bundles offers
     * @throws CannotStartException naming the first bundle that does not start, and why; when closed already; when another
     *     process holds the data folder
     */
    synchronized ToIntFunction<String[]> start() {
        requireOpen();
        List<Distribution.Part> parts = distribution.parts(mode.startLevel());
        if (mode.serves()) {
            data = DataFolder.hold(mode.data());
            System.setProperty(Launcher.DATA, mode.data().toString());
        }
        storage = Storage.create();
        framework = new FrameworkFactory().newFramework(configuration());
        try {
            framework.init();
            for (Distribution.Part part : parts) {
                install(part);
            }
            if (mode.serves()) {
                framework.start();
                deployment.awaitWhatLiesThere(framework.getBundleContext());
                raise(mode.startLevel());
            } else {
                deployment.install(framework.getBundleContext());
                framework.start();
            }
        } catch (BundleException e) {
            throw new CannotStartException(Fault.of(e), e);
        }
        own.forEach(RunningFramework::requireStarted);
        deployment.start();
        ToIntFunction<String[]> commandLine = commandLine();
        requireOpen();
        return commandLine;
    }

    /** The bundles above the plugins' level begin when the plugins are there. */
    private void raise(int level) {
        CountDownLatch reached = new CountDownLatch(1);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(level, event -> reached.countDown());
        try {
            reached.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("it was interrupted", e);
        }
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
            framework.waitForStop(deployment.isStuck() ? STUCK_MILLISECONDS : STOP_MILLISECONDS);
        } catch (BundleException e) {
            System.err.println("Atelier did not stop in order: " + Fault.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            storage.delete();
            if (data != null) {
                data.close();
            }
        }
    }

    /** Where the framework keeps its state while it runs. */
    Path storage() {
        return storage.folder();
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.folder().toString());
        configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(Mode.COMMAND_LEVEL));
        // The framework's own log would go to standard output.
        configuration.put("felix.log.level", "0");
        configuration.put(Launcher.HOME, distribution.home().toString());
        configuration.put(Launcher.DATA, mode.data().toString());
        configuration.put(
                "org.ops4j.pax.logging.property.file",
                distribution.loggingConfiguration(mode.serves()).toString());
        // Until that file is read.
        configuration.put("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR");
        // The other files of config/ go to the bundles that they are named for, before those start.
        configuration.put("felix.fileinstall.dir", distribution.configuration().toString());
        configuration.put(
                "felix.fileinstall.filter", mode.serves() ? CONFIGURATIONS + "|" + WATCHED_FOLDERS : CONFIGURATIONS);
        configuration.put("felix.fileinstall.noInitialDelay", "true");
        configuration.put("felix.fileinstall.enableConfigSave", "false");
        configuration.put("felix.fileinstall.log.level", "1");
        configuration.put("felix.fileinstall.tmpdir", storage.folder().toString());
        // Here and not in config/: a configuration arrives when the door is open already, for everyone.
        configuration.put("org.apache.felix.http.host", "127.0.0.1");
        configuration.put("org.osgi.service.http.port", Integer.toString(mode.port()));
        return configuration;
    }

    /** By reference: the framework reads the distribution's own files and copies nothing. */
    private void install(Distribution.Part part) throws BundleException {
        Bundle bundle = framework
                .getBundleContext()
                .installBundle("reference:" + part.location().toUri());
        own.add(bundle);
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
