package org.atelier.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** One framework with the bundles of a distribution, from start to stop. */
final class RunningFramework implements AutoCloseable {

    private static final String COMMAND_LINE = "(atelier.name=command-line)";

    /** The configuration files that bundles read, those of somebody's plugins too. */
    private static final String CONFIGURATIONS =
            "(?!org\\.apache\\.felix\\.fileinstall-|org\\.ops4j\\.pax\\.logging\\.).*\\.cfg";

    /** How long the bundles may take to stop: longer than one denoising step of a large network on a slow machine. */
    private static final long STOP_MILLISECONDS = 60_000;

    /** How long, when a deployed bundle that still starts keeps the framework from stopping at all. */
    private static final long STUCK_MILLISECONDS = 1_000;

    private final Distribution distribution;
    private final Mode mode;
    private final Consumer<String> warnings;
    private final List<Bundle> own = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private DataFolder data;
    private Storage storage;
    private Framework framework;
    private volatile Deployment deployment;
    private Bundle commandBundle;

    /** Makes no file yet. */
    RunningFramework(Distribution distribution, Mode mode) {
        this(distribution, mode, mode.serves() ? RunningFramework::log : RunningFramework::complain);
    }

    /** @param warnings takes a line for each deployed jar that is left out */
    RunningFramework(Distribution distribution, Mode mode, Consumer<String> warnings) {
        this.distribution = distribution;
        this.mode = mode;
        this.warnings = warnings;
    }

    private static void complain(String fault) {
        System.err.println("atelier: " + fault);
    }

    /** To the terminal and the server's log: the bundles that write it take what Java's own logging is given. */
    private static void log(String fault) {
        System.getLogger("org.atelier.launcher").log(System.Logger.Level.WARNING, fault);
    }

    /**
     * Starts every bundle, level by level. A server holds its data folder from here on, and follows what is put into {@code
     * deploy}; a command takes in what lies there now. It generates one set, so it would gain nothing by following, and only
     * have to end when a plugin that it generates with is replaced.
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
            requireFree(mode.port());
            System.setProperty(Launcher.DATA, mode.data().toString());
        }
        storage = mode.serves() ? Storage.in(mode.data()) : Storage.create();
        framework = new FrameworkFactory().newFramework(configuration());
        try {
            framework.init();
            for (Distribution.Part part : parts) {
                install(part);
            }
            deployment = new Deployment(distribution.deployed(), framework.getBundleContext(), warnings);
            deployment.install();
            framework.start();
            deployment.start();
            requireOpen();
        } catch (BundleException e) {
            throw new CannotStartException(Fault.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("it was interrupted", e);
        }
        own.forEach(RunningFramework::requireStarted);
        if (mode.serves()) {
            deployment.follow();
        } else {
            deployment.tell();
        }
        ToIntFunction<String[]> commandLine = commandLine();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) this::stopCommandLineFirst);
        requireOpen();
        return commandLine;
    }

    /** The bundle that listens would only log that it cannot. */
    private static void requireFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new CannotStartException(
                    "it cannot listen on port %d of this machine: %s; give --port another, or none for any that is free"
                            .formatted(port, Fault.of(e)),
                    e);
        }
    }

    /** When somebody else stops the framework, as a shell does; it may come to a deployed bundle that still starts before. */
    private void stopCommandLineFirst(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().equals(framework)) {
            stop(commandBundle);
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
            if (deployment != null) {
                deployment.end();
            }
            stopWhatStarted();
        }
    }

    private synchronized void stopWhatStarted() {
        if (framework == null) {
            giveFree();
            return;
        }
        try {
            if (commandBundle != null) {
                commandBundle.stop(Bundle.STOP_TRANSIENT);
            }
            boolean stuck = deployment != null && deployment.endsWithAStart();
            if (stuck) {
                stopOwn();
            }
            framework.stop();
            framework.waitForStop(stuck ? STUCK_MILLISECONDS : STOP_MILLISECONDS);
        } catch (BundleException e) {
            System.err.println("Atelier did not stop in order: " + Fault.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            storage.delete();
            giveFree();
        }
    }

    private void giveFree() {
        if (data != null) {
            data.close();
        }
    }

    /** The framework would come to a deployed bundle that still starts, and to nothing that is below it. */
    private void stopOwn() throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    for (int i = own.size() - 1; i >= 0; i--) {
                        stop(own.get(i));
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

    /** Where the framework keeps its state while it runs. */
    Path storage() {
        return storage.folder();
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.folder().toString());
        configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(mode.startLevel()));
        // Of the deployed ones: asked for one by one, it would wait for each that is starting.
        configuration.put("felix.startlevel.bundle", Integer.toString(Deployment.START_LEVEL));
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
        configuration.put("felix.fileinstall.filter", CONFIGURATIONS);
        configuration.put("felix.fileinstall.noInitialDelay", "true");
        configuration.put("felix.fileinstall.enableConfigSave", "false");
        configuration.put("felix.fileinstall.log.level", "1");
        configuration.put("felix.fileinstall.tmpdir", storage.folder().toString());
        // Here and not in config/: a configuration arrives when the door is open already, for everyone.
        configuration.put("org.apache.felix.http.host", "127.0.0.1");
        configuration.put("org.osgi.service.http.port", Integer.toString(mode.port()));
        return configuration;
    }

    /**
     * By reference: the framework reads the distribution's own files and copies nothing. Those above the plugins' level begin
     * when the plugins are there. No change of the framework's level could see to that: it waits for each that is starting.
     */
    private void install(Distribution.Part part) throws BundleException {
        Bundle bundle = framework
                .getBundleContext()
                .installBundle("reference:" + part.location().toUri());
        own.add(bundle);
        bundle.adapt(BundleStartLevel.class).setStartLevel(part.startLevel());
        if (!isFragment(bundle) && part.startLevel() <= Deployment.START_LEVEL) {
            bundle.start();
        }
    }

    /** The framework goes on when a bundle fails; starting that one again tells why it did. Others start here. */
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
