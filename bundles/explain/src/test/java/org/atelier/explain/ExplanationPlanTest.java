package org.atelier.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.explain.ExplanationListener;
import org.atelier.api.explain.ExplanationRequest;
import org.atelier.api.explain.ImagePoint;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationPlanTest {

    @TempDir
    private Path folder;

    private final FakeStudio studio = new FakeStudio();

    @Test
    void recordsTheRequestedAttentionWithAllItsOptions() {
        SetRequest set = set().attentionOption("score-scale", 0.5).build();
        SetRequest recorded = plan(set, List.of()).method().request();

        assertEquals("record", recorded.sharing().attention());
        Map<String, Object> options = recorded.sharing().attentionOptions();
        assertEquals("shared", options.get("of"));
        assertEquals(List.of("score-scale=0.5"), options.get("options"));
        assertEquals(folder.resolve("recording").toString(), options.get("to"));
        assertEquals(List.of("house", "fish"), options.get("words"));
        assertEquals(List.of("0.12:0.12"), options.get("points"));
    }

    @Test
    void leavesOutWhatTheStudioRefusesAndSaysWhy() {
        studio.refused = "full";

        ExplanationPlan plan = plan(set().build(), List.of("fish"));

        assertEquals(
                List.of("unaligned", "shared-without-adain"),
                plan.variants().stream().map(PlannedSet::name).toList());
        assertEquals(List.of("Not shown: full attention sharing. full is refused."), plan.notes());
        assertEquals(
                List.of("fish"),
                plan.method().request().sharing().attentionOptions().get("words"));
    }

    @Test
    void takesTheLastWordOfAPrompt() {
        assertEquals("house", ExplanationPlan.lastWord("a red house!"));
        assertEquals("house", ExplanationPlan.lastWord("house"));
        assertEquals("", ExplanationPlan.lastWord(" ... "));
    }

    @Test
    void listsAllFaultsBeforeAnythingIsGenerated() throws IOException {
        Files.createFile(folder.resolve("file"));
        SetRequest set = set().attention("record").panorama(true).build();
        ExplanationRequest request =
                new ExplanationRequest(set, List.of("boat"), List.of(new ImagePoint(0.5, 1.5)), "atelier explain");

        AtelierException fault = assertThrows(AtelierException.class, () -> new SetExplainer(studio, "1")
                .explain(request, folder, new ExplanationListener() {}));

        assertEquals(
                List.of(
                        folder + " is not empty; choose another folder or empty it.",
                        "Panoramas cannot be explained; omit --panorama.",
                        "The attention 'record' is used for the explanation itself; give the attention to explain.",
                        "No prompt has the word 'boat'; give a word of a prompt or of the style.",
                        "The point 0.5,1.5 is outside the images; both numbers must be from 0 to 1."),
                fault.getMessage().lines().toList());
        assertTrue(studio.generated.isEmpty());
    }

    private ExplanationPlan plan(SetRequest set, List<String> words) {
        return ExplanationPlan.of(
                studio, new ExplanationRequest(set, words, List.of(), "atelier explain"), set, set, folder);
    }

    private static SetRequestBuilder set() {
        return SetRequest.builder()
                .prompts("a house", "a fish")
                .style("pop art")
                .seed(7L);
    }
}
