package org.atelier.it.plugins;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Lists the attention strategies and blends that are ready. */
public final class CatalogProbe implements Callable<List<String>> {

    @Override
    public List<String> call() {
        BundleContext context = FrameworkUtil.getBundle(CatalogProbe.class).getBundleContext();
        PluginCatalog catalog = context.getService(context.getServiceReference(PluginCatalog.class));
        return catalog.plugins().stream()
                .filter(plugin -> Set.of("attention", "blend").contains(plugin.kind()))
                .filter(plugin -> plugin.state().equals("ready"))
                .map(PluginDescription::id)
                .toList();
    }
}
