package org.atelier.api.plugin;

import java.nio.file.Path;

/**
 * A generated plugin project.
 *
 * @param folder the project's folder
 * @param jar the jar that Maven builds, relative to the folder
 * @param deploy the folder from which this Atelier installs plugins
 */
public record PluginProject(Path folder, Path jar, Path deploy) {}
