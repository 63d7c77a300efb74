package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextCommandsTest {

    private static final ContextText RAIN = new ContextText("rainy weather", "OpenWeather", null, List.of());

    /** A request with a resolved context. */
    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a cat")
            .contexts(ContextInput.of("place", "Bergen").withText(RAIN))
            .summary(new ContextSummary("always", RAIN, null))
            .build();

    private final CommandLineOnFakes line = new CommandLineOnFakes(REQUEST);

    @Test
    void keepsTheOrderOfContexts() {
        assertEquals(
                0,
                line.run(
                        "generate",
                        "a house",
                        "--speech",
                        "note.wav",
                        "--context",
                        "calendar=to=day",
                        "--context",
                        "notes=mood.txt",
                        "--picture",
                        "/wall.jpg",
                        "--place",
                        "Bergen,NO",
                        "--music",
                        "song.wav",
                        "--place",
                        "60.39,5.32",
                        "--context-option",
                        "place.rain=in pouring rain",
                        "--summary",
                        "never"));

        Map<String, Object> poured = Map.of("rain", "in pouring rain");
        assertEquals(
                List.of(
                        ContextInput.of("speech", "/home/user/note.wav"),
                        ContextInput.of("calendar", "to=day"),
                        ContextInput.of("notes", "/home/user/mood.txt"),
                        ContextInput.of("picture", "/wall.jpg"),
                        new ContextInput("place", "Bergen,NO", poured, false, null),
                        ContextInput.of("music", "/home/user/song.wav"),
                        new ContextInput("place", "60.39,5.32", poured, false, null)),
                line.studio.request.contexts().inputs());
        assertEquals(ContextSummary.of("never"), line.studio.request.contexts().summary());
    }

    @Test
    void addsContextsToTheReference() {
        line.run("generate", "a house", "--reference", "tile.png", "--place", "Bergen", "--context-for", "reference");

        assertTrue(line.studio.request.contexts().inputs().get(0).forReference());
    }

    @Test
    void keepsResolvedContextsOfARequest() {
        line.run("generate", "--request", "set.json");
        assertEquals(REQUEST.contexts().inputs(), line.studio.request.contexts().inputs());
        assertEquals(
                REQUEST.contexts().summary(), line.studio.request.contexts().summary());

        line.run("generate", "--request", "set.json", "--place", "Oslo");
        assertEquals(
                List.of(ContextInput.of("place", "Oslo")),
                line.studio.request.contexts().inputs());
        assertEquals(ContextSummary.of("always"), line.studio.request.contexts().summary());

        line.run("generate", "--request", "set.json", "--context-option", "place.rain=wet");
        assertNull(line.studio.request.contexts().inputs().get(0).resolved());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--context calendar",
                "--context =today",
                "--context",
                "--place",
                "--context-option place.rain=wet",
                "--context-option rain=wet",
                "--context-for picture"
            })
    void rejectsInvalidArgumentsWithOneLine(String options) {
        String[] arguments = ("generate house " + options).split(" ");

        assertEquals(2, line.run(arguments));
        assertEquals(1, line.err().lines().count(), line.err());
    }

    @Test
    void describesAsText() {
        assertEquals(0, line.run("describe", "--place", "Bergen"));

        assertEquals(
                List.of("place Bergen: rainy weather", "  source: OpenWeather (0.50)", "  wind: 5.1 m/s"),
                line.out().lines().toList());
    }

    @Test
    void describesForAModelWithASummary() {
        assertEquals(0, line.run("describe", "--place", "Bergen", "--summary", "always", "--model", "sdxl"));

        assertEquals("sdxl", line.studio.described.model());
        assertEquals(
                List.of("summary: rain", "  source: T5"),
                line.out().lines().skip(3).toList());
        assertEquals(2, line.run("describe", "--place", "Bergen", "--summary", "auto"));
    }

    @Test
    void describesAsJson() {
        line.run("describe", "--place", "Bergen", "--json");

        JsonObject described =
                JsonParser.parseString(line.out()).getAsJsonArray().get(0).getAsJsonObject();
        assertEquals("rainy weather", described.get("text").getAsString());
        assertEquals("OpenWeather", described.get("origin").getAsString());
        assertEquals(0.5, described.get("confidence").getAsDouble());
        assertEquals(1, described.getAsJsonArray("parts").size());
    }
}
