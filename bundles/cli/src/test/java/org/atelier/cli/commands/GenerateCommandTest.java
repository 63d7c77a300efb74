package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @Test
    void anotherModelDropsTheFileOfTheRequestFile() {
        line.requestFile = CommandLineOnFakes.REQUEST.toBuilder()
                .model("/old.safetensors")
                .modelSha256("ab".repeat(32))
                .modelConfig("sketchbook")
                .build();
        line.run("generate", "--request", "set.json", "--vae", "better");
        assertEquals("sketchbook", line.studio.request.modelOptions().config());
        assertEquals("ab".repeat(32), line.studio.request.modelOptions().sha256());
        assertEquals("better", line.studio.request.modelOptions().vae().name());

        line.run("generate", "--request", "set.json", "-m", "new.safetensors", "--model-config", "mine");
        assertEquals("new.safetensors", line.studio.request.model());
        assertEquals("mine", line.studio.request.modelOptions().config());
        assertNull(line.studio.request.modelOptions().sha256());
    }

    @Test
    void dropsTheOptionsOfTheRequestFileWithItsSampler() {
        line.requestFile =
                CommandLineOnFakes.REQUEST.toBuilder().samplerOption("eta", 0.5).build();

        line.run("generate", "--request", "set.json", "--sampler-option", "order=3");
        assertEquals(
                Map.of("eta", 0.5, "order", "3"), line.studio.request.sampling().samplerOptions());

        line.run("generate", "--request", "set.json", "--sampler", "euler", "--sampler-option", "order=3");
        assertEquals(Map.of("order", "3"), line.studio.request.sampling().samplerOptions());
    }

    @Test
    void fillsARequestFromEveryOption() {
        assertEquals(
                0,
                line.run(
                        "generate",
                        "a house",
                        "a fish",
                        "-m",
                        "other",
                        "--style",
                        "pop art",
                        "-n",
                        "fog",
                        "--seed",
                        "9",
                        "--steps",
                        "20",
                        "--cfg-scale",
                        "7.5",
                        "--sampler",
                        "dpm++2m",
                        "--size",
                        "256x128",
                        "--attention",
                        "shared",
                        "--attention-option",
                        "adain-queries=false",
                        "--attention-option",
                        "score-scale=1.2",
                        "--chunk",
                        "3",
                        "--dtype",
                        "bfloat16",
                        "--device",
                        "cpu",
                        "--no-metadata"));

        assertEquals(
                SetRequest.builder()
                        .model("other")
                        .prompts("a house", "a fish")
                        .style("pop art")
                        .negativePrompt("fog")
                        .seed(9L)
                        .steps(20)
                        .cfgScale(7.5)
                        .sampler("dpm++2m")
                        .width(256)
                        .height(128)
                        .attentionOption("adain-queries", "false")
                        .attentionOption("score-scale", "1.2")
                        .chunk(3)
                        .dtype("bfloat16")
                        .device("cpu")
                        .metadata(false)
                        .build(),
                line.studio.request);
    }

    @Test
    void leavesOmittedOptionsUnset() {
        line.run("generate", "a house");

        assertEquals(SetRequest.builder().prompts("a house").build(), line.studio.request);
    }

    @Test
    void doesNotExpandPrompts() {
        line.run("generate", "--guidance-scale", "3", "--", "@home", "--steps", "\"quoted\"");

        assertEquals(List.of("@home", "--steps", "\"quoted\""), line.studio.request.prompts());
        assertEquals(3, line.studio.request.sampling().cfgScale());
    }

    @Test
    void startsFromARequestAndOverridesIt() {
        line.run("generate", "--request", "recipe.json", "--steps", "4");

        assertEquals(CommandLineOnFakes.REQUEST.toBuilder().steps(4).build(), line.studio.request);
    }

    @Test
    void dropsTheOptionsOfAnotherAttention() {
        line.run("generate", "--request", "recipe.json", "--attention", "none");

        assertEquals(
                CommandLineOnFakes.REQUEST.toBuilder()
                        .attention("none")
                        .attentionOptions(Map.of())
                        .build(),
                line.studio.request);
    }

    @Test
    void dropsTheOptionsOfAnotherBlend() {
        line.requestFile = CommandLineOnFakes.REQUEST.toBuilder()
                .blend("linear")
                .blendOptions(Map.of("tension", 0.5))
                .build();

        line.run("generate", "--request", "recipe.json", "--blend-option", "order=1");
        assertEquals(
                Map.of("tension", 0.5, "order", "1"),
                line.studio.request.references().blendOptions());

        line.run("generate", "--request", "recipe.json", "--blend", "apart");
        assertEquals(Map.of(), line.studio.request.references().blendOptions());
    }

    @Test
    void changesSeedAndSizeOfImagesThatUseTheSetsValues() {
        SetItem own = new SetItem("a bird", 99L, 64, 128, Map.of());
        line.requestFile = CommandLineOnFakes.REQUEST.toBuilder()
                .width(128)
                .height(128)
                .items(List.of(new SetItem("a cat", 7L, 128, 128, Map.of()), own))
                .build();

        line.run("generate", "--request", "set.json", "--seed", "20", "--size", "256x256");

        assertEquals(List.of(SetItem.of("a cat"), own), line.studio.request.items());
    }

    @ParameterizedTest
    @CsvSource({"-3", "0"})
    void passesNumbersToTheStudioUnchecked(int steps) {
        line.run("generate", "a", "--steps", Integer.toString(steps));

        assertEquals(steps, line.studio.request.sampling().steps());
    }

    @Test
    void aDryRunOnlyResolves() {
        assertEquals(0, line.run("generate", "a house", "--dry-run"));

        assertEquals("{\"request of\": \"[a house] seed 42\"}\n", line.out());
        assertEquals(null, line.studio.folder);
    }

    @Test
    void printsTheFilesAndTheFolderLast() {
        assertEquals(0, line.run("generate", "a house", "--out", "set"));

        assertEquals(
                List.of(
                        "000.png  a house",
                        "contact-sheet.png",
                        "set.json",
                        Path.of("/home/user/set").toString()),
                line.out().lines().toList());
        assertTrue(line.err().contains("seed 42"), line.err());
        assertTrue(line.err().contains("This model is a toy."), line.err());
    }

    @Test
    void generatesASlice() {
        assertEquals(0, line.run("generate", "a house", "a fish", "--only", "1, 0", "--out", "set"));

        assertEquals(ImageSelection.of(0, 1), line.studio.only);
        assertEquals(
                List.of("000.png  a house", "set.json", "/home/user/set"),
                line.out().lines().toList());
        assertTrue(line.err().contains("Only the images 0-1 of the set are written."), line.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "4-", "-1", "0,,2", "1.5", "7-4", "99999999999"})
    void refusesABadSelection(String only) {
        assertEquals(2, line.run("generate", "a house", "--only=" + only));

        assertTrue(line.err().startsWith("atelier: "), line.err());
        assertTrue(line.err().contains("--only"), line.err());
        assertEquals(1, line.err().lines().count());
        assertEquals(null, line.studio.folder);
    }

    @Test
    void namesTheDefaultFolderByTheTime() {
        line.run("generate", "a house");

        assertTrue(
                line.studio.folder.toString().matches("/home/user/atelier-\\d{8}-\\d{6}"),
                line.studio.folder.toString());
    }

    @Test
    void printsOnlyTheFolderWithQuiet() {
        line.run("generate", "a house", "--out", "set", "--quiet");

        assertEquals("/home/user/set\n", line.out());
        assertEquals("", line.err());
    }

    @Test
    void printsOnlyJsonWithJson() {
        line.run("generate", "a house", "--out", "set", "--json");

        JsonObject json = JsonParser.parseString(line.out()).getAsJsonObject();
        assertEquals("/home/user/set", json.get("folder").getAsString());
        assertEquals(42, json.get("seed").getAsLong());
        assertEquals(
                "/home/user/set/000.png",
                json.getAsJsonArray("images")
                        .get(0)
                        .getAsJsonObject()
                        .get("file")
                        .getAsString());
    }

    @Test
    void cancelsTheSetWhenStopped() throws InterruptedException {
        line.studio.whileGenerating = () -> {
            Thread stop = new Thread(() -> {
                try {
                    line.cancellation.request(Duration.ofSeconds(30));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            stop.setDaemon(true);
            stop.start();
            while (!line.cancellation.requested()) {
                Thread.onSpinWait();
            }
        };

        assertEquals(130, line.run("generate", "a house"));
        assertTrue(line.err().endsWith("atelier: Cancelled.\n"), line.err());
    }
}
