package org.atelier.api.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The plugins that are here, of every kind. */
@ProviderType
public interface PluginCatalog {

    /** By kind and name, the one that serves first where several have one name. */
    List<PluginDescription> plugins();
}
