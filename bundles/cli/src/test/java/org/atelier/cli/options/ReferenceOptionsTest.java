package org.atelier.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.commands.CommandLineOnFakes;
import org.junit.jupiter.api.Test;

class ReferenceOptionsTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void fillsARequestFromImages() {
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
    void rejectsMoreReferencePromptsThanReferences() {
        line.run("generate", "a fish", "--reference", "tile.png=-1");

        assertEquals("", line.studio.request.references().images().get(0).prompt());
        assertEquals(-1, line.studio.request.references().images().get(0).weight());
        assertEquals(2, line.run("generate", "a fish", "--reference-prompt", "a tile"));
        assertTrue(line.err().contains("give at most one for each"), line.err());
    }

    @Test
    void printsTheOptionsOfAStrength() {
        line.run("generate", "a fish", "--strength", "strong");

        assertEquals(SetRequest.builder().prompts("a fish").strength("strong").build(), line.studio.request);
        assertTrue(
                line.err()
                        .contains("Strength strong is score-scale=1.0, score-shift=1.0, unless overridden by an"
                                + " attention option."),
                line.err());

        line.clearErrors();
        line.run("generate", "a fish", "--strength", "strong", "--reference", "tile.png", "--reference-prompt", "x");
        assertTrue(line.err().contains("Strength strong is score-scale=1.0, score-shift=2.0, unless"), line.err());
    }

    /** The studio reports the strengths that exist. */
    @Test
    void passesAnUnknownStrengthToTheStudio() {
        line.run("generate", "a fish", "--strength", "wild");

        assertEquals("wild", line.studio.request.sharing().strength());
        assertFalse(line.err().contains("Strength"), line.err());
    }

    @Test
    void anOptionOverridesAStrength() {
        line.run("generate", "a fish", "--strength", "strong", "--attention-option", "score-shift=0.1");

        assertEquals("strong", line.studio.request.sharing().strength());
        assertEquals(Map.of("score-shift", "0.1"), line.studio.request.sharing().attentionOptions());
    }

    @Test
    void aStrengthOverridesItsOptionsInTheRequestFile() {
        line.requestFile = CommandLineOnFakes.REQUEST.toBuilder()
                .attentionOption("level", 0.5)
                .build();

        line.run("generate", "--request", "set.json", "--strength", "strong");

        assertEquals("strong", line.studio.request.sharing().strength());
        assertEquals(Map.of("level", 0.5), line.studio.request.sharing().attentionOptions());
    }

    @Test
    void dropsTheStrengthsOfTheRequestFileIfTheAttentionChanges() {
        line.requestFile = CommandLineOnFakes.REQUEST.toBuilder()
                .strength("strong")
                .items(List.of(new SetItem("a cat", 3L, null, null, "strong", Map.of())))
                .build();

        line.run("generate", "--request", "set.json", "--attention", "full");

        assertNull(line.studio.request.sharing().strength());
        assertEquals(List.of(new SetItem("a cat", 3L, null, null, Map.of())), line.studio.request.items());
    }

    @Test
    void notesThatAResolvedRequestKeepsItsGuidanceWhenAReferenceIsAdded() {
        line.requestFile = CommandLineOnFakes.REQUEST.toBuilder().cfgScale(5).build();

        line.run("generate", "--request", "set.json", "--reference", "tile.png", "--reference-prompt", "a tile");
        assertTrue(line.err().contains("resolved without references"), line.err());

        line.clearErrors();
        line.run("generate", "--request", "set.json", "--cfg-scale", "10", "--reference", "tile.png");
        assertFalse(line.err().contains("resolved without references"), line.err());
    }
}
