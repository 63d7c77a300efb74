package org.atelier.api.plugin;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Tests whether plugins start. */
@ProviderType
public interface PluginTrial {

    /**
     * Starts a plugin with its configuration, as a set would, and stops it at once.
     *
     * @throws AtelierException PLUGIN_FAILED if its constructor throws or exceeds the time limit, in which case later
     *     calls do not start it again; PLUGIN_WITHDRAWN if it is no longer installed
     */
    void start(PluginDescription plugin);
}
