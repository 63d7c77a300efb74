package org.atelier.api.plugin;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Finds out whether plugins start. */
@ProviderType
public interface PluginTrial {

    /**
     * Starts a plugin as a set would, with what the operator configured, and ends it at once. What is no bundle's own, as a sampler, is
     * always ready.
     *
     * @throws AtelierException PLUGIN_FAILED when its constructor throws or takes too long, in which case no later trial starts
     *     the same again; PLUGIN_WITHDRAWN when it is gone
     */
    void start(PluginDescription plugin);
}
