package org.atelier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.model.PullRequest;
import org.atelier.api.set.PictureOrigin;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final SetRequest RECIPE = SetRequest.builder()
            .prompts("a cat", "a bird")
            .style("pop art")
            .seed(7L)
            .attentionOption("score-scale", 1.5)
            .build();

    private static final StyleCard CARD =
            new StyleCard(new StyleCardFile("/home/user/pop.style", "c0ffee"), "1.0.0", "toy", "abcdef", settled(), 0);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FakeStudio studio = new FakeStudio();
    private final FakeHub hub = new FakeHub();
    private final Cancellation cancellation = new Cancellation();
    private SetRequest recipe = RECIPE;

    @Test
    void fillsARequestFromEveryOption() {
        assertEquals(
                0,
                run(
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
                studio.request);
    }

    @Test
    void listsPlugins() {
        assertEquals(0, run("plugins"));

        assertEquals("""
                KIND       NAME    VERSION  BUNDLE              STATE  OPTIONS
                attention  shared  1.2.0    org.example.shared  ready  2
                blend      linear  1.2.0    org.example.linear  ready  0
                metric     linear  1.2.0    org.example.linear  ready  0
                """, out());
    }

    @Test
    void tellsTheOptionsOfAPlugin() {
        assertEquals(0, run("options", "attention.shared"));

        assertEquals("""
                attention.shared: Sharing
                The pictures see the first.

                OPTION         TYPE           RANGE   DEFAULT
                level          a number       0 to 1  0.0
                adain-queries  true or false          true

                level: How much stays plain.
                """, out());
    }

    @Test
    void tellsThemToPrograms() {
        assertEquals(0, run("options", "shared", "--json"));

        JsonObject option = JsonParser.parseString(out())
                .getAsJsonObject()
                .getAsJsonArray("options")
                .get(0)
                .getAsJsonObject();
        assertEquals("0 to 1", option.get("range").getAsString());
        assertEquals("0.0", option.get("default").getAsString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attention.share | There is no plugin 'attention.share'; did you mean attention.shared?",
                "sahred          | There is no plugin 'sahred'; did you mean attention.shared?",
                "zebra | There is no plugin 'zebra'; known are attention.shared, blend.linear, metric.linear.",
                "linear          | Several plugins are called 'linear': blend.linear, metric.linear.",
            })
    void saysWhichPluginsThereAre(String id, String fault) {
        assertEquals(2, run("options", id));

        assertEquals("atelier: " + fault + "\n", err());
    }

    @Test
    void fillsARequestFromPictures() {
        run(
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
                studio.request);
    }

    @Test
    void leavesAMissingReferencePromptToTheStudioAndRefusesOneTooMany() {
        run("generate", "a fish", "--reference", "tile.png=-1");

        assertEquals("", studio.request.references().get(0).prompt());
        assertEquals(-1, studio.request.references().get(0).weight());
        assertEquals(2, run("generate", "a fish", "--reference-prompt", "a tile"));
        assertTrue(err.toString(UTF_8).contains("each reference takes one"), err.toString(UTF_8));
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
            run("generate", "a fish", "--strength", strength, "--reference", "tile.png", "--reference-prompt", "x");
        } else {
            run("generate", "a fish", "--strength", strength);
        }

        Map<String, Object> options = studio.request.attentionOptions();
        assertEquals(scale, options.get("score-scale"));
        assertEquals(doublings * Math.log(2), (double) options.get("score-shift"), 1e-12);
        assertEquals(level, options.get("level"));
        assertTrue(
                err.toString(UTF_8).contains("Strength " + strength + " is score-scale=" + scale), err.toString(UTF_8));
    }

    @Test
    void changesSeedAndSizeOfPicturesThatFollowTheSet() {
        SetItem own = new SetItem("a bird", 99L, 64, 128, Map.of());
        recipe = RECIPE.but()
                .width(128)
                .height(128)
                .items(List.of(new SetItem("a cat", 7L, 128, 128, Map.of()), own))
                .build();

        run("generate", "--request", "set.json", "--seed", "20", "--size", "256x256");

        assertEquals(List.of(SetItem.of("a cat"), own), studio.request.items());
    }

    @Test
    void saysThatASettledRequestKeepsWhatAReferenceWouldChange() {
        recipe = RECIPE.but().cfgScale(5).build();

        run("generate", "--request", "set.json", "--reference", "tile.png", "--reference-prompt", "a tile");
        assertTrue(err.toString(UTF_8).contains("settled without references"), err.toString(UTF_8));

        err.reset();
        run("generate", "--request", "set.json", "--cfg-scale", "10", "--reference", "tile.png");
        assertFalse(err.toString(UTF_8).contains("settled without references"), err.toString(UTF_8));
    }

    @Test
    void prefersAnOptionToAStrength() {
        run("generate", "a fish", "--strength", "strong", "--attention-option", "score-shift=0.1");

        assertEquals("0.1", studio.request.attentionOptions().get("score-shift"));
    }

    @Test
    void leavesOpenWhatIsNotGiven() {
        run("generate", "a house");

        assertEquals(SetRequest.builder().prompts("a house").build(), studio.request);
    }

    @Test
    void takesPromptsAsTheyStand() {
        run("generate", "--guidance-scale", "3", "--", "@home", "--steps", "\"quoted\"");

        assertEquals(List.of("@home", "--steps", "\"quoted\""), studio.request.prompts());
        assertEquals(3, studio.request.cfgScale());
    }

    @Test
    void startsFromARequestAndOverridesIt() {
        run("generate", "--request", "recipe.json", "--steps", "4");

        assertEquals(RECIPE.but().steps(4).build(), studio.request);
    }

    @Test
    void dropsTheOptionsOfAnotherAttention() {
        run("generate", "--request", "recipe.json", "--attention", "none");

        assertEquals(RECIPE.but().attention("none").attentionOptions(Map.of()).build(), studio.request);
    }

    @Test
    void dropsTheOptionsOfAnotherBlend() {
        recipe = RECIPE.but()
                .blend("linear")
                .blendOptions(Map.of("tension", 0.5))
                .build();

        run("generate", "--request", "recipe.json", "--blend-option", "order=1");
        assertEquals(Map.of("tension", 0.5, "order", "1"), studio.request.blendOptions());

        run("generate", "--request", "recipe.json", "--blend", "apart");
        assertEquals(Map.of(), studio.request.blendOptions());
    }

    @Test
    void printsTheFilesAndTheFolderLast() {
        assertEquals(0, run("generate", "a house", "--out", "set"));

        assertEquals(
                List.of(
                        "000.png  a house",
                        "contact-sheet.png",
                        "set.json",
                        Path.of("/home/user/set").toString()),
                out().lines().toList());
        assertTrue(err().contains("seed 42"), err());
        assertTrue(err().contains("This model is a toy."), err());
    }

    @Test
    void namesAFolderByTheTime() {
        run("generate", "a house");

        assertTrue(studio.folder.toString().matches("/home/user/atelier-\\d{8}-\\d{6}"), studio.folder.toString());
    }

    @Test
    void saysNothingButTheFolderWhenQuiet() {
        run("generate", "a house", "--out", "set", "--quiet");

        assertEquals("/home/user/set\n", out());
        assertEquals("", err());
    }

    @Test
    void printsNothingButJsonWhenAsked() {
        run("generate", "a house", "--out", "set", "--json");

        JsonObject json = JsonParser.parseString(out()).getAsJsonObject();
        assertEquals("/home/user/set", json.get("folder").getAsString());
        assertEquals(42, json.get("seed").getAsLong());
        assertEquals(
                "/home/user/set/000.png",
                json.getAsJsonArray("pictures")
                        .get(0)
                        .getAsJsonObject()
                        .get("file")
                        .getAsString());
    }

    @Test
    void onlyResolvesInADryRun() {
        assertEquals(0, run("generate", "a house", "--dry-run"));

        assertEquals("request of [a house] seed 42\n", out());
        assertEquals(null, studio.folder);
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void complainsInOneLineForEachFault(Code code) {
        studio.fault = new AtelierException(code, "First fault.\nSecond fault.");

        int exit = run("generate", "a house");

        assertTrue(exit >= 2, "exit code " + exit);
        assertEquals("atelier: First fault.\natelier: Second fault.\n", err());
        assertEquals("", out());
    }

    @Test
    void documentsItsExitCodes() {
        assertEquals(0, run("generate", "--help"));
        String help = out();

        for (Code code : Code.values()) {
            assertTrue(
                    help.lines().anyMatch(line -> line.strip().startsWith(ExitCode.of(code) + " ")),
                    code + "\n" + help);
        }
    }

    @Test
    void endsWithAnUnexpectedFaultAndSaysWhereToLook() {
        studio.fault = new IllegalStateException("boom");

        assertEquals(1, run("generate", "a house"));

        assertTrue(err().contains("atelier: unexpected: java.lang.IllegalStateException: boom; the log"), err());
    }

    @Test
    void endsInAnOrderlyWayWhenABundleLacksAClass() {
        studio.whileDrawing = () -> {
            throw new NoClassDefFoundError("org/example/Missing");
        };

        assertEquals(1, run("generate", "a house"));

        assertTrue(err().contains("atelier: unexpected: java.lang.NoClassDefFoundError: org/example/Missing"), err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generate|a|--stpes|4",
                "generate|a|--steps|many",
                "generate|a|--size|12",
                "generate|a|--seed",
                "generate|a|--attention-option|level",
                "inspect",
                "draw",
                ""
            })
    void refusesWhatItDoesNotUnderstandInOneLine(String words) {
        assertEquals(2, run(words.isEmpty() ? new String[0] : words.split("\\|")));

        assertTrue(err().startsWith("atelier: "), err());
        assertEquals(1, err().lines().count(), err());
        assertEquals("", out());
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        run("generate", "a", "--stpes", "4");

        assertTrue(err().contains("--steps"), err());
    }

    @ParameterizedTest
    @CsvSource({"-3", "0"})
    void passesNumbersOnToBeChecked(int steps) {
        run("generate", "a", "--steps", Integer.toString(steps));

        assertEquals(steps, studio.request.steps());
    }

    @Test
    void endsASetWhenStopped() throws InterruptedException {
        studio.whileDrawing = () -> {
            Thread stop = new Thread(() -> {
                try {
                    cancellation.request(Duration.ofSeconds(30));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            stop.setDaemon(true);
            stop.start();
            while (!cancellation.requested()) {
                Thread.onSpinWait();
            }
        };

        assertEquals(130, run("generate", "a house"));
        assertTrue(err().endsWith("atelier: Cancelled.\n"), err());
    }

    @Test
    void tellsWhatMadeAPicture() {
        assertEquals(0, run("inspect", "001.png"));

        assertTrue(out().contains("prompt           a bird, pop art\n"), out());
        assertTrue(out().contains("seed             8\n"), out());
        assertTrue(out().contains("score-scale=1.5"), out());
    }

    @Test
    void tellsWhatAnotherProgramSays() {
        assertEquals(0, run("inspect", "foreign.png"));

        assertTrue(out().contains("parameters       a dog\n                 Steps: 20\n"), out());
    }

    @Test
    void drawsInTheHandOfACard() {
        assertEquals(0, run("generate", "a boat", "--style-card", "pop.style", "--chunk", "2"));

        assertEquals(CARD.hand().but().prompts("a boat").chunk(2).build(), studio.request);
        assertEquals("pop art", studio.request.style());
        assertNull(studio.request.seed());
    }

    @Test
    void saysWhereACardGoes() {
        assertEquals(0, run("generate", "a boat", "--save-style", "pop.style"));

        assertEquals(Path.of("/home/user/pop.style"), studio.styleCard);
        assertTrue(out().contains("style card: /home/user/pop.style\n"), out());
    }

    @Test
    void takesACardOrARequest() {
        assertEquals(2, run("generate", "--style-card", "pop.style", "--request", "set.json"));

        assertTrue(err().contains("name the card in the request file (\"card\": {\"file\": \"pop.style\"})"), err());
    }

    @Test
    void tellsWhatACardHolds() {
        assertEquals(0, run("inspect", "pop.style"));

        assertTrue(out().startsWith("style card       pop.style, written by Atelier 1.0.0\n"), out());
        assertTrue(
                out().contains("follows          picture 0 of its set, drawn again with each: a cat, pop art\n"),
                out());
        assertTrue(out().contains("first drawn      a cat (seed 7)\n                 a bird (seed 8)\n"), out());
    }

    @Test
    void listsModelsAndTheirWords() {
        run("models");
        assertTrue(out().contains("toy (pictures)\n  A toy\n  128 x 128 pixels, 7 MB, /models/toy\n"), out());
        assertFalse(out().contains("fish"), out());

        run("models", "toy");
        assertTrue(out().contains("objects: house, fish\n"), out());
    }

    @Test
    void listsModelsOfEveryKindAndThoseToBeHad() {
        assertEquals(0, run("models", "list"));
        assertTrue(out().contains("org/words (caption)\n  revision 0123456, 1.5 GB, /cache/words\n"), out());
        assertTrue(out().endsWith("To be had with \"atelier models pull NAME\": voice.\n"), out());
    }

    @Test
    void pullsAModel() {
        assertEquals(0, run("models", "pull", "voice", "--dtype", "q8"));
        assertEquals(List.of(new PullRequest("voice", "", "q8")), hub.pulled);
        assertEquals("/cache/voice\n", out());
        assertTrue(err().contains("Fetching 2 files of org/voice at 0123456, 3 kB."), err());

        assertEquals(0, run("models", "pull", "org/sdxl", "--variant", "fp16"));
        assertEquals(new PullRequest("org/sdxl", "fp16", "fp32"), hub.pulled.get(1));
    }

    @Test
    void tellsWhereAModelLies() {
        assertEquals(0, run("models", "path", "toy"));
        assertEquals("/models/toy\n", out());
        assertEquals(3, run("models", "path", "voice"));
    }

    @Test
    void verifiesWhatCameFromTheHub() {
        assertEquals(0, run("models", "verify"));
        assertTrue(out().endsWith("org/words is whole.\n"), out());
        hub.faults.add("config.json was damaged and is removed.");
        assertEquals(3, run("models", "verify", "org/words"));
        assertTrue(err().contains("atelier: org/words: config.json was damaged"), err());
        assertTrue(err().contains("atelier models pull org/words"), err());
    }

    @Test
    void fetchesAMissingModelOnlyWhenToldTo() {
        run("generate", "a house", "-m", "voice");
        assertEquals(List.of(), hub.pulled);
        run("generate", "a house", "-m", "toy", "--pull");
        assertEquals(List.of(), hub.pulled);
        run("generate", "a house", "-m", "voice", "--pull");
        assertEquals(List.of(PullRequest.of("voice")), hub.pulled);
    }

    @Test
    void refusesAnUnknownModel() {
        assertEquals(3, run("models", "none"));

        assertEquals("atelier: There is no model 'none'; here are: org/words, toy.\n", err());
    }

    @Test
    void tellsItsVersion() {
        assertEquals(0, run("--version"));

        assertEquals("Atelier 1.2.3\n", out());
    }

    @Test
    void helps() {
        assertEquals(0, run("help", "generate"));
        assertTrue(out().contains("--attention-option"), out());
        assertEquals(0, run("--help"));
        assertTrue(out().contains("inspect"), out());
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(
                Path.of("/home/user"), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
        return new Commands(
                        studio,
                        new FakeRequestFormat(recipe),
                        CommandsTest::inspect,
                        new FakeStyleCards(CARD),
                        new Models(
                                () -> List.of(new ModelDescription(
                                        "toy",
                                        Path.of("/models/toy"),
                                        "A toy",
                                        "A toy.",
                                        Map.of("objects", List.of("house", "fish")),
                                        128,
                                        128)),
                                hub,
                                hub),
                        new FakeEvaluator(),
                        new FakeCatalog(),
                        terminal,
                        cancellation,
                        "1.2.3")
                .run(arguments);
    }

    private static SetRequest settled() {
        return RECIPE.but()
                .items(List.of(
                        new SetItem("a cat", 7L, 128, 128, Map.of()), new SetItem("a bird", 8L, 128, 128, Map.of())))
                .cfgScale(5)
                .width(128)
                .height(128)
                .dtype("float32")
                .build();
    }

    private static PictureOrigin inspect(Path picture) {
        if (picture.endsWith("foreign.png")) {
            return new PictureOrigin(8, 8, null, null, null, Map.of("parameters", "a dog\nSteps: 20"));
        }
        return new PictureOrigin(128, 128, 1, null, RECIPE, Map.of());
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
