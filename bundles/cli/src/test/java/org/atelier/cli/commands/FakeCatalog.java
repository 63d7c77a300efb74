package org.atelier.cli.commands;

import java.util.List;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.plugin.PluginOptionDescription;

/** Three plugins, two of them with the same name. */
final class FakeCatalog implements PluginCatalog {

    @Override
    public List<PluginDescription> plugins() {
        return List.of(
                plugin(
                        "attention",
                        "shared",
                        new PluginOptionDescription("level", "a number", "0 to 1", "0.0", "How much stays plain."),
                        new PluginOptionDescription("adain-queries", "true or false", "", "true", "")),
                plugin("blend", "linear"),
                plugin("metric", "linear"));
    }

    private static PluginDescription plugin(String kind, String name, PluginOptionDescription... options) {
        return new PluginDescription(
                kind,
                name,
                "1.2.0",
                "org.example." + name,
                "ready",
                "Sharing",
                "The images see the first.",
                List.of(options));
    }
}
