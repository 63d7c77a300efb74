package org.atelier.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The jars of the folder {@code deploy}, which are not the distribution's own: one that is no bundle or does not start is
 * told of in one line and left out, and all else goes on.
 */
final class Deployment {

    /** After everything of the distribution. */
    static final int START_LEVEL = 40;

    /** Names how many seconds a bundle may take to start. */
    static final String START_TIMEOUT = "atelier.deploy.start.timeout";

    private static final int PATIENCE_SECONDS = 10;

    private final Path folder;
    private final Consumer<String> warnings;
    private final List<Bundle> bundles = new ArrayList<>();
    private final List<Thread> stuck = new ArrayList<>();

    /** @param warnings takes a line for each jar that is left out */
    Deployment(Path folder, Consumer<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    /** Installs what is there. The framework keeps a copy of each, so that a file may be replaced while it runs. */
    void install(BundleContext context) {
        for (Path jar : jars()) {
            try {
                Optional<String> name = symbolicName(jar);
                if (name.isEmpty()) {
                    leaveOut(jar, "it is no bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
                } else if (isNativeStack(name.get())) {
                    leaveOut(jar, "native stacks are never deployed; replace it in bundle/20/ and start again");
                } else {
                    install(context.installBundle(jar.toUri().toString()));
                }
            } catch (IOException e) {
                leaveOut(jar, "it is no jar, or not copied to its end: " + Fault.of(e));
            } catch (BundleException e) {
                leaveOut(jar, Fault.of(e));
            }
        }
    }

    /**
     * Waits, within bounds, until another has installed the bundles that lie there: work that was left undone needs its
     * plugins when it goes on.
     */
    void awaitWhatLiesThere(BundleContext context) {
        CountDownLatch missing = new CountDownLatch(1);
        BundleListener listener = event -> {
            if (areInstalled(context)) {
                missing.countDown();
            }
        };
        context.addBundleListener(listener);
        try {
            if (!areInstalled(context) && !missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                warnings.accept("not all of deploy/ was taken in within %d s".formatted(PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            context.removeBundleListener(listener);
        }
    }

    private boolean areInstalled(BundleContext context) {
        Set<String> installed = Arrays.stream(context.getBundles())
                .map(bundle -> bundle.getLocation().replaceFirst("^file:/+", "/"))
                .collect(Collectors.toSet());
        return jars().stream()
                .filter(Deployment::isUsable)
                .allMatch(jar -> installed.contains(jar.toUri().getRawPath()));
    }

    private static boolean isUsable(Path jar) {
        try {
            return symbolicName(jar).filter(name -> !isNativeStack(name)).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private void install(Bundle bundle) {
        bundles.add(bundle);
        bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
    }

    /** Nothing for a jar that is no bundle: the framework would take any for one. */
    private static Optional<String> symbolicName(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return Optional.ofNullable(file.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME));
        }
    }

    /** The distribution's own native code, which a process loads once: a second of them would not start. */
    private static boolean isNativeStack(String symbolicName) {
        return symbolicName.startsWith("org.atelier.libs.");
    }

    /** Starts what was installed, each on a thread of its own: one that fails, or never comes to an end, keeps nobody. */
    void start() {
        for (Bundle bundle : bundles) {
            if (!isFragment(bundle)) {
                start(bundle, Integer.getInteger(START_TIMEOUT, 30));
            }
        }
    }

    private void start(Bundle bundle, int seconds) {
        FutureTask<Void> start = new FutureTask<>(() -> {
            bundle.start();
            return null;
        });
        Thread thread = new Thread(start, "start of " + bundle.getSymbolicName());
        thread.setDaemon(true);
        thread.start();
        try {
            start.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            leaveOut(fileOf(bundle), Fault.of(e));
        } catch (TimeoutException e) {
            leaveOut(fileOf(bundle), "it has not started within %d s".formatted(seconds));
            thread.interrupt();
            stuck.add(thread);
        } catch (InterruptedException e) {
            stuck.add(thread);
            Thread.currentThread().interrupt();
        }
    }

    /** Whether one still starts: the framework would wait for it when it stops. */
    boolean isStuck() {
        return stuck.stream().anyMatch(Thread::isAlive);
    }

    private static Path fileOf(Bundle bundle) {
        return Path.of(URI.create(bundle.getLocation()));
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    private void leaveOut(Path jar, String reason) {
        warnings.accept("deploy/%s is left out: %s".formatted(jar.getFileName(), reason));
    }

    /** In alphabetical order; none where there is no such folder. */
    private List<Path> jars() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            warnings.accept("the folder %s is left out: %s".formatted(folder, Fault.of(e)));
            return List.of();
        }
    }
}
