package org.atelier.libs.djl;

import java.util.function.Supplier;

/** This bundle's class loader as the thread's context class loader, for as long as a piece of work takes. */
final class BundleClassLoader {

    private BundleClassLoader() {}

    static <T> T during(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(BundleClassLoader.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
