package org.atelier.libs.ffmpeg;

import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Has JavaCPP unpack its native code beside that of DJL, unless the user has set a folder. */
public final class Activator implements BundleActivator {

    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

    /** Must be public for the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        if (System.getProperty(FOLDER) == null) {
            Path own = Path.of(System.getProperty("user.home"), ".cache", "atelier");
            Path cache = Path.of(
                    System.getProperty("DJL_CACHE_DIR", System.getenv().getOrDefault("DJL_CACHE_DIR", own.toString())));
            System.setProperty(FOLDER, cache.resolve("javacpp").toString());
        }
    }

    @Override
    public void stop(BundleContext context) {
        // Native code cannot be unloaded.
    }
}
