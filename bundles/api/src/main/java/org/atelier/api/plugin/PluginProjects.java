package org.atelier.api.plugin;

import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Creates plugin projects that build, pass their tests and run as they are. */
@ProviderType
public interface PluginProjects {

    /** The supported kinds of plugin, in alphabetical order. */
    List<String> kinds();

    /**
     * Creates a project atomically.
     *
     * @throws AtelierException {@code INVALID_REQUEST} if the kind or a name is invalid, {@code OUTPUT_UNWRITABLE} if
     *     the folder exists or cannot be written
     */
    PluginProject make(PluginProjectRequest request);
}
