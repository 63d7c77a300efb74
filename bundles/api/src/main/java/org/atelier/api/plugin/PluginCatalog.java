package org.atelier.api.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The installed plugins of every kind. */
@ProviderType
public interface PluginCatalog {

    /** All plugins, sorted by kind and name; of several with the same name the one in use comes first. */
    List<PluginDescription> plugins();
}
