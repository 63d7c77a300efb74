package org.atelier.studio.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.Progress;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.requests.RequestFiles;
import org.atelier.studio.AtelierStudio;
import org.atelier.studio.TestStudio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContextResolverTest {

    /** More than the model reads. */
    private static final String LONG = "very calm" + " and quiet".repeat(40);

    private static final Path TILE = Path.of("src/test/resources/pictures/rgb.png");

    private final TestStudio fakes = new TestStudio();
    private final FakeContexts contexts = fakes.contexts;
    private final List<String> notes = new ArrayList<>();
    private final List<Progress> reports = new ArrayList<>();
    private final AtelierStudio studio = fakes.studio();
    private final SetListener witness = new SetListener() {
        @Override
        public void noted(String sentence) {
            notes.add(sentence);
        }

        @Override
        public void progressed(Progress progress) {
            if (progress.phase() == Progress.Phase.READING_CONTEXTS) {
                reports.add(progress);
            }
        }
    };

    @TempDir
    private Path root;

    @Test
    void addsContextTextsAfterTheStyleInOrder() {
        GeneratedSet set = generate(request("calm", "monday", "merry"), "set");

        assertEquals(
                "a house, pop art, calm mood, merry mood", set.images().get(0).prompt());
        assertEquals("pop art, calm mood, merry mood", set.images().get(1).prompt());
        assertEquals(List.of("calm", "monday", "merry"), contexts.checked.subList(0, 3));
        assertEquals(List.of("calm", "monday", "merry"), contexts.read);
        assertEquals("Context calendar, calm: \"calm mood\" (almanac).", notes.get(0));
        assertEquals("Context calendar, monday: nothing (almanac).", notes.get(1));
        assertEquals(
                List.of(0, 50, 100, 100, 150, 200, 200, 250, 300),
                reports.stream().map(Progress::done).toList());
        assertEquals(300, reports.get(0).total());
    }

    @Test
    void generatesTheSameAgainWithoutReadingAnything() throws IOException {
        GeneratedSet first = generate(request("calm"), "first");
        SetRequest recorded =
                new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE).read(first.record());
        assertEquals(first.request(), recorded);
        contexts.read.clear();

        GeneratedSet again = generate(recorded, "again");

        assertEquals(List.of(), contexts.read);
        for (String file : List.of("000.png", "001.png", "set.json", "contact-sheet.png")) {
            assertEquals(
                    -1,
                    Files.mismatch(
                            root.resolve("first").resolve(file),
                            root.resolve("again").resolve(file)),
                    file);
        }
        assertEquals(first.request(), again.request());
    }

    @Test
    void checksEverythingBeforeAnythingIsRead() {
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> generate(
                        SetRequest.builder()
                                .prompts("a house")
                                .contexts(
                                        ContextInput.of("calendar", "calm"),
                                        ContextInput.of("calendar", "never"),
                                        ContextInput.of("horoscope", "lion"),
                                        new ContextInput("calendar", "calm", Map.of("tide", 1L), false, null))
                                .build(),
                        "set"));

        List<String> lines = fault.getMessage().lines().toList();
        assertEquals("There is no day 'never'.", lines.get(0));
        assertEquals("There is no context 'horoscope'; available: calendar.", lines.get(1));
        assertTrue(lines.get(2).startsWith("The context 'calendar' has no option 'tide'"), lines.get(2));
        assertEquals(List.of(), contexts.read);
        assertFalse(Files.exists(root.resolve("set")));
    }

    @Test
    void refusesAnEmptyPromptWithoutContextText() {
        SetRequest silent = SetRequest.builder()
                .prompts("a house", "")
                .contexts(ContextInput.of("calendar", "monday"))
                .build();

        AtelierException fault = assertThrows(AtelierException.class, () -> generate(silent, "set"));

        assertEquals("Prompt 2 is empty, and so are the texts of the contexts; give a prompt.", fault.getMessage());
        assertFalse(Files.exists(root.resolve("set")));
    }

    @Test
    void addsContextTextToTheReference() {
        GeneratedSet set = generate(
                SetRequest.builder()
                        .prompts("a house")
                        .references(new ReferenceFile(TILE.toString(), "a tile", 1, null))
                        .contexts(new ContextInput("calendar", "calm", Map.of(), true, null))
                        .build(),
                "set");

        assertEquals("a tile, calm mood", set.request().promptOf(0));
        assertEquals("a house", set.request().promptOf(1));
    }

    @Test
    void refusesAContextForAMissingReference() {
        SetRequest request = SetRequest.builder()
                .prompts("a house")
                .contexts(new ContextInput("calendar", "calm", Map.of(), true, null))
                .build();

        assertTrue(assertThrows(AtelierException.class, () -> studio.resolve(request))
                .getMessage()
                .contains("requires a --reference"));
    }

    @Test
    void captionsAReferenceWithoutAPrompt() {
        contexts.withCaptions();
        GeneratedSet set = generate(withReference(), "set");

        assertEquals("a red house", set.request().promptOf(0));
        assertEquals("", set.request().references().images().get(0).prompt());
        assertTrue(
                notes.contains("Reference rgb.png: \"a red house\" (tiny-caption, confidence 0.88)."), notes::toString);
        assertEquals(
                set.request(),
                new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE).read(set.record()));
    }

    @Test
    void requiresAPromptIfAReferenceCannotBeCaptioned() {
        AtelierException fault = assertThrows(AtelierException.class, () -> studio.resolve(withReference()));

        assertEquals(
                "Reference 1 (rgb.png) needs a prompt that describes it; give --reference-prompt for each, in order."
                        + " It cannot be captioned: There is no context 'picture'; available: calendar.",
                fault.getMessage());
    }

    @Test
    void summarisesTextThatWouldBeTruncated() {
        contexts.withSummaries();
        GeneratedSet set = generate(request(LONG, "merry"), "set");

        assertEquals("a house, pop art, very calm", set.images().get(0).prompt());
        assertEquals(LONG + " mood, merry mood", set.request().contexts().fullText(false));
        assertTrue(
                notes.contains(
                        "Summarised by brief to \"very calm\"; the full text was \"" + LONG + " mood, merry mood\"."),
                notes::toString);
        assertEquals(
                set.request(),
                new RequestFiles(FakeContexts.KINDS, TestStudio.cards(), StrengthPresets.NONE).read(set.record()));
    }

    @Test
    void summarisesOnlyOnRequestOrIfNeeded() {
        contexts.withSummaries();
        assertNull(generate(request("calm"), "short")
                .request()
                .contexts()
                .summary()
                .resolved());
        assertEquals(
                "calm mood",
                generate(
                                request("calm").toBuilder()
                                        .summary(ContextSummary.of("always"))
                                        .build(),
                                "always")
                        .request()
                        .contexts()
                        .summary()
                        .resolved()
                        .text());
        assertNull(generate(
                        request(LONG).toBuilder()
                                .summary(ContextSummary.of("never"))
                                .build(),
                        "never")
                .request()
                .contexts()
                .summary()
                .resolved());
    }

    @Test
    void refusesASummaryWithoutAPlugin() {
        SetRequest request =
                request("calm").toBuilder().summary(ContextSummary.of("always")).build();
        assertEquals(
                "No summary plugin is installed; omit --summary always.",
                assertThrows(AtelierException.class, () -> studio.resolve(request))
                        .getMessage());
        SetRequest wrong =
                request("calm").toBuilder().summary(ContextSummary.of("soon")).build();
        assertTrue(assertThrows(AtelierException.class, () -> studio.resolve(wrong))
                .getMessage()
                .contains("available: auto, always, never"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"MODEL_NOT_FOUND", "MODEL_INVALID"})
    void reportsAMissingSummaryModelBeforeAnythingIsRead(Code missingModel) {
        contexts.withSummaries().withoutModel(missingModel);
        SetRequest request =
                request("calm").toBuilder().summary(ContextSummary.of("always")).build();

        AtelierException fault = assertThrows(AtelierException.class, () -> generate(request, "set"));

        assertEquals(missingModel, fault.code());
        assertEquals("There is no model tiny-brief.", fault.getMessage());
        assertEquals(List.of(), contexts.read);
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"MODEL_NOT_FOUND", "MODEL_INVALID"})
    void generatesWithoutAnOptionalSummary(Code missingModel) {
        contexts.withSummaries().withoutModel(missingModel);

        generate(request("calm"), "short");
        assertFalse(notes.stream().anyMatch(note -> note.contains("tiny-brief")), notes::toString);

        GeneratedSet set = generate(request(LONG), "long");
        assertNull(set.request().contexts().summary().resolved());
        assertTrue(
                notes.contains("The contexts are too long and cannot be summarised: There is no model tiny-brief."),
                notes::toString);
    }

    @Test
    void describesWithoutGeneration() {
        Contexts described = studio.describe(days("calm", "merry").build(), witness);

        assertEquals(
                List.of("calm mood", "merry mood"),
                described.inputs().stream()
                        .map(context -> context.resolved().text())
                        .toList());
        assertNull(described.summary().resolved());
        SetRequest empty = SetRequest.builder().build();
        assertThrows(AtelierException.class, () -> studio.describe(empty, witness));
    }

    @Test
    void summarisesADescriptionIfAsked() {
        contexts.withSummaries();

        Contexts described = studio.describe(
                days("calm", "merry").summary(ContextSummary.of("always")).build(), witness);

        assertEquals("calm mood,", described.summary().resolved().text());
        assertNull(described.summary().resolvedForReferences());
    }

    private static SetRequestBuilder days(String... days) {
        return SetRequest.builder()
                .contexts(Stream.of(days)
                        .map(day -> ContextInput.of("calendar", day))
                        .toList());
    }

    @Test
    void stopsBeforeTheNextInput() {
        SetListener impatient = new SetListener() {
            @Override
            public boolean cancelled() {
                return !contexts.read.isEmpty();
            }
        };
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> studio.generate(request("calm", "merry"), root.resolve("set"), impatient));

        assertEquals(Code.CANCELLED, fault.code());
        assertEquals(List.of("calm"), contexts.read);
        assertFalse(Files.exists(root.resolve("set")));
    }

    private GeneratedSet generate(SetRequest request, String folder) {
        return studio.generate(request, root.resolve(folder), witness);
    }

    private static SetRequest withReference() {
        return SetRequest.builder()
                .prompts("a fish")
                .references(new ReferenceFile(TILE.toString(), "", 1, null))
                .build();
    }

    /** A house and an open prompt in pop art, with days of the calendar. */
    private static SetRequest request(String... days) {
        return SetRequest.builder()
                .prompts("a house", "")
                .style("pop art")
                .seed(3L)
                .contexts(Arrays.stream(days)
                        .map(day -> ContextInput.of("calendar", day))
                        .toList())
                .build();
    }
}
