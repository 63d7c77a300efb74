package org.atelier.api.plugin;

import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Makes projects to begin a plugin with: each builds, is tested and runs as it is. */
@ProviderType
public interface PluginProjects {

    /** The kinds of plugin that a project can be made for, in the order of the alphabet. */
    List<String> kinds();

    /**
     * Makes a project, whole or not at all.
     *
     * @throws AtelierException {@code INVALID_REQUEST} for a kind or a name that cannot be, {@code OUTPUT_UNWRITABLE} where
     *     the folder is there already or cannot be written
     */
    PluginProject make(PluginProjectRequest request);
}
