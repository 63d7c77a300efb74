package org.atelier.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.atelier.launcher.exit.DeployedExit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** One framework with the bundles of a distribution, from start to stop. */
final class RunningFramework implements AutoCloseable {

    private static final String COMMAND_LINE = "(atelier.name=command-line)";

    /** The configuration files for File Install, including those of third-party plugins. */
    private static final String CONFIGURATIONS =
            "(?!org\\.apache\\.felix\\.fileinstall-|org\\.ops4j\\.pax\\.logging\\.).*\\.cfg";

    /** How long the bundles may take to stop: longer than one denoising step of a large network on a slow machine. */
    private static final long STOP_MILLISECONDS = 60_000;

    /** How long to wait if a deployed bundle that is still starting blocks the framework from stopping. */
    private static final long BLOCKED_STOP_MILLISECONDS = 1_000;

    private final Distribution distribution;
    private final Mode mode;
    private final DeploymentLog log;
    private final List<Bundle> distributionBundles = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Listener listener;
    private ChosenPort port;
    private DataFolder data;
    private Storage storage;
    private Framework framework;
    private volatile Deployment deployment;
    private Bundle commandBundle;

    /** Creates no file yet. */
    RunningFramework(Distribution distribution, Mode mode) {
        this(distribution, mode, mode.serves() ? new ServerLog() : new CommandLog());
    }

    /** @param log receives one line for each deployed jar that is left out, and for each that is installed, replaced or removed */
    RunningFramework(Distribution distribution, Mode mode, DeploymentLog log) {
        this.distribution = distribution;
        this.mode = mode;
        this.log = log;
    }

    /** A command reports faults on standard error only. */
    private static final class CommandLog implements DeploymentLog {

        @Override
        public void warn(String fault) {
            System.err.println("atelier: " + fault);
        }

        @Override
        public void note(String change) {}
    }

    /** Logs to the terminal and the log file of a server: Pax Logging receives messages of the System.Logger. */
    private static final class ServerLog implements DeploymentLog {

        private final System.Logger logger = System.getLogger("org.atelier.launcher");

        @Override
        public void warn(String fault) {
            logger.log(System.Logger.Level.WARNING, fault);
        }

        @Override
        public void note(String change) {
            logger.log(System.Logger.Level.INFO, change);
        }
    }

    /**
     * Starts every bundle, level by level. A server locks its data folder and follows {@code deploy}. A command uses the jars that
     * are in {@code deploy} now: it generates one set, so following the folder would only end the set when one of its plugins is
     * replaced.
     *
     * @return the command line that one of the bundles provides
     * @throws CannotStartException if a bundle does not start, if this was closed already, if the server must not listen as it
     *     was asked to, or if another process holds the lock of the data folder
     */
    synchronized ToIntFunction<String[]> start() {
        requireOpen();
        List<Distribution.Part> parts = distribution.parts(mode.startLevel());
        listener = Listener.of(mode.listening());
        if (mode.serves()) {
            data = DataFolder.lock(mode.data());
            port = listener.choosePort();
            System.setProperty(Launcher.DATA, mode.data().toString());
        }
        storage = mode.serves() ? Storage.in(mode.data()) : Storage.create();
        framework = new FrameworkFactory().newFramework(configuration());
        try {
            framework.init();
            framework
                    .getBundleContext()
                    .registerService(WeavingHook.class, new ExitWeaver(distribution.deployFolder()), null);
            for (Distribution.Part part : parts) {
                install(part);
            }
            deployment = new Deployment(distribution.deployFolder(), framework.getBundleContext(), log);
            deployment.install();
            framework.start();
            deployment.start();
            requireOpen();
        } catch (BundleException e) {
            throw new CannotStartException(Fault.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("the start was interrupted", e);
        }
        distributionBundles.forEach(RunningFramework::requireStarted);
        if (mode.serves()) {
            deployment.follow();
        } else {
            deployment.report();
        }
        ToIntFunction<String[]> commandLine = commandLine();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) this::stopCommandLineFirst);
        requireOpen();
        return commandLine;
    }

    /** Handles a stop of the framework by others, such as a shell, which could otherwise block in a bundle that is starting. */
    private void stopCommandLineFirst(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().equals(framework)) {
            stop(commandBundle);
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new CannotStartException("it was stopped");
        }
    }

    /**
     * Stops the bundle of the command line first, then all others, and deletes all files. A start in progress ends without a
     * command line. Idempotent.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            try {
                if (deployment != null) {
                    deployment.end();
                }
                stopStarted();
            } finally {
                stopped.countDown();
            }
        }
    }

    /** Closes and returns when everything has stopped, whichever thread has called {@link #close} first. */
    void closeAndWait() throws InterruptedException {
        close();
        stopped.await();
    }

    /**
     * Leaves everything as a crash would, except for the files of the framework. No effect if this was closed already.
     *
     * @return whether this was not closed
     */
    boolean abandon() {
        if (closed.getAndSet(true)) {
            return false;
        }
        if (storage != null) {
            storage.delete();
        }
        return true;
    }

    private synchronized void stopStarted() {
        if (framework == null) {
            releaseLocks();
            return;
        }
        try {
            if (commandBundle != null) {
                commandBundle.stop(Bundle.STOP_TRANSIENT);
            }
            boolean stuck = deployment != null && deployment.stopFollowing();
            if (stuck) {
                stopDistribution();
            }
            framework.stop();
            framework.waitForStop(stuck ? BLOCKED_STOP_MILLISECONDS : STOP_MILLISECONDS);
        } catch (BundleException e) {
            System.err.println("Atelier did not stop in order: " + Fault.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            storage.delete();
            releaseLocks();
        }
    }

    private void releaseLocks() {
        if (port != null) {
            port.close();
        }
        if (data != null) {
            data.close();
        }
    }

    /** Stops the bundles of the distribution, since the framework would block in a deployed bundle that is still starting. */
    private void stopDistribution() throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    for (int i = distributionBundles.size() - 1; i >= 0; i--) {
                        stop(distributionBundles.get(i));
                    }
                },
                "stop bundle by bundle");
        thread.setDaemon(true);
        thread.start();
        thread.join(STOP_MILLISECONDS);
    }

    private static void stop(Bundle bundle) {
        try {
            if (!isFragment(bundle)) {
                bundle.stop(Bundle.STOP_TRANSIENT);
            }
        } catch (BundleException e) {
            System.err.println(bundle.getSymbolicName() + " did not stop in order: " + Fault.of(e));
        }
    }

    /** The folder of the framework's state while it runs. */
    Path storage() {
        return storage.folder();
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.folder().toString());
        configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(mode.startLevel()));
        // The level of deployed bundles; setting it for single bundles would wait for each that is starting.
        configuration.put("felix.startlevel.bundle", Integer.toString(Deployment.START_LEVEL));
        // The log of the framework itself would go to standard output.
        configuration.put("felix.log.level", "0");
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, DeployedExit.class.getPackageName());
        configuration.put(Launcher.HOME, distribution.home().toString());
        configuration.put(Launcher.DATA, mode.data().toString());
        configuration.put(
                "org.ops4j.pax.logging.property.file",
                new LoggingConfiguration(distribution.loggingConfiguration(mode.serves()))
                        .escapedIn(storage.folder(), new CommandLog()::warn)
                        .toString());
        // Applies until that file is read.
        configuration.put("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR");
        // File Install reads the other files of config/ before the configured bundles start.
        configuration.put("felix.fileinstall.dir", distribution.configuration().toString());
        configuration.put("felix.fileinstall.filter", CONFIGURATIONS);
        configuration.put("felix.fileinstall.noInitialDelay", "true");
        configuration.put("felix.fileinstall.enableConfigSave", "false");
        configuration.put("felix.fileinstall.log.level", "1");
        configuration.put("felix.fileinstall.tmpdir", storage.folder().toString());
        configuration.putAll(listener.properties());
        if (mode.serves()) {
            configuration.putAll(listener.property(port));
        }
        return configuration;
    }

    /**
     * Installs a bundle by reference: the framework reads the files of the distribution and copies nothing. Bundles above the
     * level of plugins start later, when the plugins are available. A change of the framework's start level cannot ensure this,
     * since it waits for every bundle that is starting.
     */
    private void install(Distribution.Part part) throws BundleException {
        Bundle bundle = framework
                .getBundleContext()
                .installBundle("reference:" + part.location().toUri());
        distributionBundles.add(bundle);
        bundle.adapt(BundleStartLevel.class).setStartLevel(part.startLevel());
        if (!isFragment(bundle) && part.startLevel() <= Deployment.START_LEVEL) {
            bundle.start();
        }
    }

    /** Starts a bundle that does not run yet, or that failed: the framework continues after a failure, and a retry has its cause. */
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
                    .orElseThrow(() -> new CannotStartException("no bundle provides a command line " + COMMAND_LINE
                            + "; a bundle that it needs is missing from " + distribution.home()));
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
