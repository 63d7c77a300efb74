package org.atelier.libs.djl;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import org.atelier.libs.djl.NativeCache.Library;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Makes DJL usable by other bundles without any thought of class loaders.
 *
 * <p>DJL finds its engines and its native code through the thread's context class loader, which in a framework is
 * anything but this bundle's, and it remembers a failure for good. So what it looks for once is looked for here, while
 * the context class loader is this bundle's: the list of engines and the tokenizers' small library. PyTorch itself takes
 * most of a second; {@link PyTorchProvider} starts it when a network is first needed.
 *
 * <p>The bundle can be started once in a Java process: native code stays with the class loader that loaded it.
 */
public final class Activator implements BundleActivator {

    /** Must be public for the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        EngineSettings.applyDefaults(System.getProperties(), System.getenv());
        NativeCache cache = EngineSettings.nativeCache(System.getProperties(), System.getenv(), Library.TOKENIZERS);
        cache.discardDamaged(Library.TOKENIZERS);
        BundleClassLoader.during(() -> {
            LibUtils.checkStatus();
            return Engine.getAllEngines();
        });
        cache.record(Library.TOKENIZERS);
    }

    @Override
    public void stop(BundleContext context) {
        // Native code cannot be unloaded.
    }
}
