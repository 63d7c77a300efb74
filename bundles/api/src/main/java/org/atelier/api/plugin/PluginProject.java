package org.atelier.api.plugin;

import java.nio.file.Path;

/**
 * A project to begin a plugin with.
 *
 * @param folder of the project
 * @param jar what Maven makes of it, relative to the folder
 * @param deploy the folder of this Atelier that takes plugins in
 */
public record PluginProject(Path folder, Path jar, Path deploy) {}
