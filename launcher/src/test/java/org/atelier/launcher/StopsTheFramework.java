package org.atelier.launcher;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** Code of a test bundle whose command line stops the framework, as a shell does, and ends when it is stopped itself. */
public final class StopsTheFramework implements BundleActivator, ToIntFunction<String[]> {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private BundleContext context;

    @Override
    public void start(BundleContext given) {
        context = given;
        context.registerService(
                ToIntFunction.class, this, FrameworkUtil.asDictionary(Map.of("atelier.name", "command-line")));
    }

    @Override
    public int applyAsInt(String[] arguments) {
        try {
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
            stopped.await();
            return 0;
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    @Override
    public void stop(BundleContext given) {
        stopped.countDown();
    }
}
