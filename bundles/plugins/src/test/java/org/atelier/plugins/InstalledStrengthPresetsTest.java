package org.atelier.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstalledStrengthPresetsTest {

    private final InstalledStrengthPresets presets = new InstalledStrengthPresets(new FakePlugins().registries());

    @Test
    void listsStrengthsInDeclarationOrder() {
        assertEquals(List.of("subtle", "strong"), presets.strengths("shared"));
        assertEquals(List.of(), presets.strengths("none"), "it has none");
        assertEquals(List.of(), presets.strengths("mosaic"), "it is not here");
    }

    @Test
    void returnsTheOptionsOfAStrength() {
        assertEquals(
                Map.of("score-scale", "0.25", "adain-queries", "false"), presets.options("shared", "subtle", false));
        assertEquals(Map.of("score-scale", "2.0"), presets.options("shared", "strong", false));
        assertEquals(Map.of(), presets.options("shared", "wild", false));
        assertEquals(Map.of(), presets.options("none", "subtle", false));
    }

    @Test
    void returnsOtherValuesForReferencesIfDeclared() {
        assertEquals(Map.of("score-scale", "4.0"), presets.options("shared", "strong", true));
        assertEquals(presets.options("shared", "subtle", false), presets.options("shared", "subtle", true));
    }
}
