package org.atelier.doctor.bundles;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The classes of a bundle.
 *
 * @param bundle the bundle
 * @param names the names of its classes, with dots
 */
record BundleCode(Bundle bundle, Set<String> names) {

    private static final String CLASS = ".class";

    static BundleCode of(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        Collection<String> files = wiring == null
                ? Set.of()
                : wiring.listResources(
                        "/", "*" + CLASS, BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL);
        Set<String> names = new TreeSet<>();
        for (String file : files) {
            names.add(file.substring(0, file.length() - CLASS.length()).replace('/', '.'));
        }
        return new BundleCode(bundle, names);
    }

    /** Whether a thread executes this code, has its class loader, or is an instance of its classes. */
    boolean runs(Thread thread, StackTraceElement[] stack) {
        return isFrom(thread.getContextClassLoader())
                || isFrom(thread.getClass().getClassLoader())
                || Arrays.stream(stack).anyMatch(frame -> names.contains(frame.getClassName()));
    }

    private boolean isFrom(ClassLoader loader) {
        return loader instanceof BundleReference reference && bundle.equals(reference.getBundle());
    }
}
