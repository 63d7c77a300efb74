package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier demo}: every kind of input once, with the included models and without a network. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoIT {

    private final AssembledDistribution distribution = new AssembledDistribution();
    private Path folder;
    private Path demo;
    private ConnectionRecorder recorder;

    @BeforeAll
    void runTheDemonstration(@TempDir Path temporary) throws Exception {
        folder = temporary;
        demo = folder.resolve("demo");
        recorder = new ConnectionRecorder(folder);
        Run run = distribution.begin(folder, recorder.environment(), "demo", "--steps", "2", "--out", "demo");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(demo.resolve("demo.html") + "\n", run.out());
    }

    @AfterAll
    void stopRecording() throws IOException {
        recorder.close();
    }

    @Test
    void opensNoConnectionToAnotherMachine() throws Exception {
        assertEquals(0, recorder.connections());

        // A command that needs the network is noticed.
        Run pull =
                distribution.begin(folder.resolve("pull"), recorder.environment(), "models", "pull", "whisper-tiny.en");
        assertFalse(pull.exitCode() == 0, pull.err());
        assertTrue(recorder.connections() > 0, pull.err());
    }

    /** The sentence is spoken by a voice, and the tune is played on an instrument, that no model was trained with. */
    @Test
    void turnsEveryInputIntoWordsOfThePrompts() throws IOException {
        assertEquals(
                List.of("a house, pixel art, sunny weather", "a boat, pixel art, sunny weather"), prompts("speech"));
        assertEquals(List.of("a house, pop art, calm mood", "a boat, pop art, calm mood"), prompts("music"));
        assertEquals(
                List.of("a house, paper cutout, snowy weather", "a boat, paper cutout, snowy weather"),
                prompts("weather"));
        assertTrue(
                prompts("picture").get(0).equals("rainy weather, a blue boat, neon sign"),
                prompts("picture").toString());
    }

    @Test
    void summarisesAllInputs() throws IOException {
        String page = page();
        String printed = page.substring(page.indexOf("<pre class=\"output\" tabindex=\"0\">"));
        printed = printed.substring(0, printed.indexOf("</pre>"));
        String summary = printed.lines()
                .filter(line -> line.startsWith("summary"))
                .findFirst()
                .orElseThrow();
        for (String word :
                List.of("blue boat", "neon sign", "pixel art", "sunny weather", "snowy weather", "calm mood")) {
            assertTrue(summary.contains(word), printed);
        }
    }

    @Test
    void showsEverythingOnOnePage() throws IOException {
        String page = page();

        assertFalse(Pattern.compile("(src|href)=\"(?!data:|#)").matcher(page).find());
        assertFalse(page.contains("url("), "a style sheet refers to a file");
        int images = 0;
        for (Path set : sets()) {
            images += prompts(demo.relativize(set).toString()).size();
        }
        assertEquals(43, images);
        assertEquals(
                images,
                Pattern.compile("<figure class=\"tile\"><img alt=\"(?!the input|the control)")
                        .matcher(page)
                        .results()
                        .count());
    }

    private List<Path> sets() throws IOException {
        try (Stream<Path> files = Files.walk(demo)) {
            return files.filter(file -> file.endsWith("set.json"))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    private List<String> prompts(String set) throws IOException {
        List<String> prompts = new ArrayList<>();
        for (JsonElement image : JsonParser.parseString(
                        Files.readString(demo.resolve(set).resolve("set.json")))
                .getAsJsonObject()
                .getAsJsonArray("files")) {
            if (image.getAsJsonObject().has("prompt")) {
                prompts.add(image.getAsJsonObject().get("prompt").getAsString());
            }
        }
        return prompts;
    }

    private String page() throws IOException {
        return Files.readString(demo.resolve("demo.html"));
    }
}
