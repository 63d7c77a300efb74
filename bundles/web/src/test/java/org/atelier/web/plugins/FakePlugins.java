package org.atelier.web.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.plugin.PluginOptionDescription;
import org.atelier.api.set.StrengthPresets;

/** Two plugins; a test may install more. */
public final class FakePlugins {

    private final List<PluginDescription> installed = new ArrayList<>(List.of(
            plugin(
                    "attention",
                    "shared",
                    new PluginOptionDescription("score-shift", "a number", "-10 to 10", "0.0", "Doubles.")),
            plugin("context", "speech")));
    private final PluginRevision revision = new PluginRevision();

    public PluginRoutes routes() {
        return new PluginRoutes(() -> List.copyOf(installed), new Presets(), "speech"::equals, revision);
    }

    public void install(String kind, String name) {
        installed.add(plugin(kind, name));
        revision.changed();
    }

    private static PluginDescription plugin(String kind, String name, PluginOptionDescription... options) {
        return new PluginDescription(
                kind, name, "1.0.0", "org.atelier." + kind + "." + name, "ready", "A title", "", List.of(options));
    }

    private static final class Presets implements StrengthPresets {

        @Override
        public List<String> strengths(String attention) {
            return attention.equals("shared") ? List.of("subtle", "strong") : List.of();
        }

        @Override
        public Map<String, String> options(String attention, String strength, boolean withReferences) {
            return Map.of();
        }
    }
}
