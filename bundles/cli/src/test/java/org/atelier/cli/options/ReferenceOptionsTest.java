package org.atelier.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.commands.CommandLineOnFakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceOptionsTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void fillsARequestFromPictures() {
        line.run(
                "generate",
                "a fish",
                "--reference",
                "/pictures/tile.png=0.7",
                "--reference",
                "/a=b.jpg",
                "--reference-prompt",
                "a tile",
                "--reference-prompt",
                "a poster",
                "--blend",
                "linear",
                "--blend-option",
                "tension=0.5",
                "--inversion-steps",
                "30",
                "--inversion-cfg",
                "1.5",
                "--inversion-offset",
                "0",
                "--style-from",
                "0.1",
                "--style-to",
                "0.8");

        assertEquals(
                SetRequest.builder()
                        .prompts("a fish")
                        .references(
                                new ReferenceFile("/pictures/tile.png", "a tile", 0.7, null),
                                new ReferenceFile("/a=b.jpg", "a poster", 1, null))
                        .blend("linear")
                        .blendOptions(Map.of("tension", "0.5"))
                        .inversionSteps(30)
                        .inversionCfg(1.5)
                        .inversionOffset(0)
                        .styleFrom(0.1)
                        .styleTo(0.8)
                        .build(),
                line.studio.request);
    }

    @Test
    void leavesAMissingReferencePromptToTheStudioAndRefusesOneTooMany() {
        line.run("generate", "a fish", "--reference", "tile.png=-1");

        assertEquals("", line.studio.request.references().images().get(0).prompt());
        assertEquals(-1, line.studio.request.references().images().get(0).weight());
        assertEquals(2, line.run("generate", "a fish", "--reference-prompt", "a tile"));
        assertTrue(line.err().contains("each reference takes one"), line.err());
    }

    @ParameterizedTest
    @CsvSource({
        "subtle, false, 1.0, -1, 0.25",
        "normal, false, 1.0,  0, 0.0",
        "strong, false, 1.0,  1, 0.0",
        "famous, false, 0.5,  0, 0.0",
        "subtle, true,  1.0,  0, 0.25",
        "normal, true,  1.0,  1, 0.0",
        "strong, true,  1.0,  2, 0.0",
        "famous, true,  0.5,  0, 0.0"
    })
    void tellsWhatAStrengthIs(String strength, boolean pictured, double scale, int doublings, double level) {
        if (pictured) {
            line.run(
                    "generate", "a fish", "--strength", strength, "--reference", "tile.png", "--reference-prompt", "x");
        } else {
            line.run("generate", "a fish", "--strength", strength);
        }

        Map<String, Object> options = line.studio.request.sharing().attentionOptions();
        assertEquals(scale, options.get("score-scale"));
        assertEquals(doublings * Math.log(2), (double) options.get("score-shift"), 1e-12);
        assertEquals(level, options.get("level"));
        assertTrue(line.err().contains("Strength " + strength + " is score-scale=" + scale), line.err());
    }

    @Test
    void prefersAnOptionToAStrength() {
        line.run("generate", "a fish", "--strength", "strong", "--attention-option", "score-shift=0.1");

        assertEquals("0.1", line.studio.request.sharing().attentionOptions().get("score-shift"));
    }

    @Test
    void saysThatASettledRequestKeepsWhatAReferenceWouldChange() {
        line.recipe = CommandLineOnFakes.RECIPE.but().cfgScale(5).build();

        line.run("generate", "--request", "set.json", "--reference", "tile.png", "--reference-prompt", "a tile");
        assertTrue(line.err().contains("settled without references"), line.err());

        line.forget();
        line.run("generate", "--request", "set.json", "--cfg-scale", "10", "--reference", "tile.png");
        assertFalse(line.err().contains("settled without references"), line.err());
    }
}
