package org.atelier.launcher;

import java.util.function.IntConsumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Code of a test bundle that ends the process. */
public final class ExitsAtItsStart implements BundleActivator {

    /** Constants of all sizes, which an index in the constant pool must count as they are. */
    private static final long DELAY = 0x1234_5678_9ABCL;

    private static final double SHARE = 0.123456789;

    @Override
    public void start(BundleContext context) {
        if (System.nanoTime() + DELAY * SHARE > 0) {
            IntConsumer exit = System::exit;
            exit.accept(3);
        }
        System.exit(4);
    }

    @Override
    public void stop(BundleContext context) {}
}
