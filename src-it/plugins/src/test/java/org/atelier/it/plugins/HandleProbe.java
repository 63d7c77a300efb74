package org.atelier.it.plugins;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.StrategyHandle;
import org.atelier.api.attention.StrategyProvider;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Requests a strategy that is installed and one that is not. */
public final class HandleProbe implements Callable<List<String>> {

    private final BundleContext context =
            FrameworkUtil.getBundle(HandleProbe.class).getBundleContext();
    private final StrategyProvider strategies = context.getService(context.getServiceReference(StrategyProvider.class));

    @Override
    public List<String> call() {
        return List.of(coupling("none"), coupling("mosaic"));
    }

    private String coupling(String name) {
        try (StrategyHandle handle = strategies.provide(name, Map.of())) {
            return handle.strategy().coupling().toString();
        } catch (AtelierException e) {
            return e.getMessage();
        }
    }
}
