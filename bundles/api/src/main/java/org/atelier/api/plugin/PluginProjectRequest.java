package org.atelier.api.plugin;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A request for a new plugin project.
 *
 * @param kind of the plugin, one of {@link PluginProjects#kinds}
 * @param name of the plugin and of its project: lower-case words of letters and digits, joined by dashes, as in
 *     {@code my-style}
 * @param group Maven group ID: {@code org.example}
 * @param javaPackage package of the plugin's class; {@code null} to derive it from group and name
 * @param folder to be created; must not exist
 */
public record PluginProjectRequest(String kind, String name, String group, String javaPackage, Path folder) {

    /** Rejects null values, except for the package. */
    public PluginProjectRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(folder, "folder");
    }
}
