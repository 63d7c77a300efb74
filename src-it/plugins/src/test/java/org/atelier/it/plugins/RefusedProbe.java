package org.atelier.it.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.StrategyProvider;
import org.atelier.api.plugin.PluginCatalog;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** The errors for a plugin whose bundle contains the contract, and for one whose bundle is new or does not start. */
public final class RefusedProbe implements Callable<List<String>> {

    private final BundleContext context =
            FrameworkUtil.getBundle(RefusedProbe.class).getBundleContext();

    @Override
    public List<String> call() throws Exception {
        Bundle embedding = install("embedding.jar");
        embedding.start();
        Bundle idle = install("idle.jar");
        List<String> said = new ArrayList<>(List.of(fault("embedding"), fault("idle")));
        restart("org.atelier.plugins");
        said.add(fault("idle"));
        PluginCatalog catalog = service(PluginCatalog.class);
        catalog.plugins().stream()
                .filter(plugin -> plugin.name().equals("embedding"))
                .forEach(plugin -> said.add(plugin.state()));
        embedding.uninstall();
        idle.uninstall();
        return said;
    }

    /** What was installed before it started is not new to it. */
    private void restart(String name) throws Exception {
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                bundle.stop();
                bundle.start();
            }
        }
    }

    private Bundle install(String jar) throws Exception {
        return context.installBundle(
                Path.of(context.getProperty("atelier.home"), jar).toUri().toString());
    }

    private String fault(String attention) {
        try {
            service(StrategyProvider.class).provide(attention, Map.of()).close();
            return "provided";
        } catch (AtelierException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    private <T> T service(Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }
}
