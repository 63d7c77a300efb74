package org.atelier.api.plugin;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Asks for a project to begin a plugin with.
 *
 * @param kind of the plugin, one of {@link PluginProjects#kinds}
 * @param name of the plugin and of its project: lower-case words of letters and digits, joined by dashes, as in
 *     {@code my-style}
 * @param group Maven's group: {@code org.example}
 * @param javaPackage of the plugin's class; {@code null} for the group and the name
 * @param folder that is made for the project; must not be there yet
 */
public record PluginProjectRequest(String kind, String name, String group, String javaPackage, Path folder) {

    /** All but the package are needed. */
    public PluginProjectRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(folder, "folder");
    }
}
