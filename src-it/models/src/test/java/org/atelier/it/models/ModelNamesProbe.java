package org.atelier.it.models;

import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelDescription;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Returns the model names of the catalog service. */
public final class ModelNamesProbe implements Callable<List<String>> {

    @Override
    public List<String> call() {
        BundleContext context = FrameworkUtil.getBundle(ModelNamesProbe.class).getBundleContext();
        ModelCatalog catalog = context.getService(context.getServiceReference(ModelCatalog.class));
        return catalog.models().stream().map(ModelDescription::name).toList();
    }
}
