package org.atelier.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Code of a test bundle whose command runs until its bundle stops, and then registers a shutdown hook, as native libraries do
 * when they are loaded. The JVM refuses one as soon as it shuts down.
 */
public final class LoadsAtItsStop implements BundleActivator {

    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void start(BundleContext context) {
        Path home = Path.of(context.getProperty("atelier.home"));
        ToIntFunction<String[]> commandLine = arguments -> run(home);
        context.registerService(
                ToIntFunction.class, commandLine, FrameworkUtil.asDictionary(Map.of("atelier.name", "command-line")));
    }

    private int run(Path home) {
        try {
            Files.writeString(home.resolve("running.txt"), "");
            stopped.await();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
            Files.writeString(home.resolve("loaded.txt"), "");
            return 0;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop(BundleContext context) {
        stopped.countDown();
    }
}
