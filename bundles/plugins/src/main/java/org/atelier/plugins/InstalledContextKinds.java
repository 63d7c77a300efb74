package org.atelier.plugins;

import org.atelier.api.Plugins;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.context.ContextSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads from the properties of the installed plugins which kinds of context read files. */
@Component
public final class InstalledContextKinds implements ContextKinds {

    private final PluginRegistry<ContextSource> sources;

    @Activate
    public InstalledContextKinds(@Reference PluginRegistries plugins) {
        this.sources = plugins.of(PluginKind.CONTEXT);
    }

    @Override
    public boolean readsFile(String kind) {
        return Plugins.FILE.equals(sources.properties(kind).get(Plugins.INPUT));
    }
}
