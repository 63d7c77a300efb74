package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of an author, for each kind of plugin: a new project, its build with its test, its jar deployed and generated with. */
@Timeout(480)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewPluginIT {

    private static final Map<String, String> NAMES = Map.of(
            "attention", "my-style",
            "blend", "my-blend",
            "context", "my-season",
            "control", "my-outline",
            "metric", "my-lightness",
            "sampler", "my-euler");

    private Path folder;
    private AssembledDistribution distribution;

    @BeforeAll
    void makeBuildAndDeploy(@TempDir Path temporary) throws Exception {
        folder = temporary;
        distribution = new AssembledDistribution().copiedTo(folder.resolve("my atelier"));
        Path deploy = Files.createDirectory(distribution.home().resolve("deploy"));
        for (Map.Entry<String, String> plugin : NAMES.entrySet()) {
            Run run = run("new-plugin", plugin.getKey(), plugin.getValue());
            assertEquals(0, run.exitCode(), run.err());
            assertEquals(folder.resolve(plugin.getValue()) + "\n", run.out());
        }
        new MavenBuild(folder)
                .packageAll(NAMES.values().stream().map(folder::resolve).toList());
        for (String name : NAMES.values()) {
            assertTrue(Files.exists(folder.resolve(name).resolve("target/surefire-reports")), "its test was run");
            String jar = name + "-1.0.0.jar";
            Files.copy(folder.resolve(name).resolve("target").resolve(jar), deploy.resolve(jar));
        }
    }

    @Test
    void areListedAsReady() throws Exception {
        Run run = run("plugins");

        assertEquals(0, run.exitCode(), run.err());
        List<String> rows =
                run.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
        assertTrue(rows.contains("attention my-style 1.0.0 org.example.my-style ready 2"), run.out());
        assertTrue(rows.contains("blend my-blend 1.0.0 org.example.my-blend ready 1"), run.out());
        assertTrue(rows.contains("context my-season 1.0.0 org.example.my-season ready 2"), run.out());
        assertTrue(rows.contains("control my-outline 1.0.0 org.example.my-outline ready 1"), run.out());
        assertTrue(rows.contains("metric my-lightness 1.0.0 org.example.my-lightness ready 1"), run.out());
        assertTrue(rows.contains("sampler my-euler 1.0.0 org.example.my-euler ready 1"), run.out());
    }

    /** A set that needs all that generate, with options of their own: one from the operator's configuration, the others given. */
    @Test
    void generateASet() throws Exception {
        Files.writeString(
                distribution.home().resolve("config/org.example.mystyle.MyStyleAttention.cfg"), "strength = 2\n");
        image("one.png", 0x2040C0);
        image("other.png", 0xC08020);
        Run run = run(
                "generate",
                "a house",
                "--size=64x64",
                "--steps=2",
                "--seed=3",
                "--attention=my-style",
                "--attention-option=adain=false",
                "--reference=one.png=0.75",
                "--reference=other.png=0.25",
                "--reference-prompt=a fish",
                "--reference-prompt=a cup",
                "--sampler=my-euler",
                "--sampler-option=rho=3",
                "--blend=my-blend",
                "--blend-option=contrast=2",
                "--context=my-season=2026-07-21",
                "--context-option=my-season.southern=true",
                "--control=my-outline=one.png",
                "--control-model=sketchbook-canny",
                "--control-option=my-outline.threshold=10",
                "--out=set");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(Files.exists(folder.resolve("set/001.png")), run.err());
        String written = Files.readString(folder.resolve("set/set.json"));
        JsonObject set = JsonParser.parseString(written).getAsJsonObject();
        for (String part : List.of(
                "\"my-style\"",
                "\"strength\": 2",
                "\"adain\": false",
                "\"my-blend\"",
                "\"contrast\": 2",
                "\"my-euler\"",
                "\"rho\": 3",
                "snowy weather")) {
            assertTrue(written.contains(part), part + " is not in " + set);
        }
        BufferedImage outlines =
                ImageIO.read(folder.resolve("set/control-my-outline.png").toFile());
        assertEquals(0xFFFFFF, outlines.getRGB(31, 20) & 0xFFFFFF, "the outline of the two halves");
        assertEquals(0, outlines.getRGB(10, 20) & 0xFFFFFF);
    }

    @Test
    void measureASet() throws Exception {
        Run run = run(
                "evaluate",
                "ablation",
                "a house",
                "a fish",
                "--style=",
                "--size=64x64",
                "--steps=2",
                "--seed=1",
                "--metric=my-lightness",
                "--metric-option=my-lightness.quantile=1",
                "--out=measured");

        assertEquals(0, run.exitCode(), run.err());
        JsonObject record = JsonParser.parseString(Files.readString(folder.resolve("measured/evaluation.json")))
                .getAsJsonObject();
        assertEquals(
                "[{\"name\":\"my-lightness\",\"options\":{\"quantile\":1.0}}]",
                record.get("metrics").toString());
        assertEquals(2, record.getAsJsonArray("findings").size());
        assertTrue(Files.exists(folder.resolve("measured/seed-1/full-sharing/set.json")));
        assertTrue(Files.readString(folder.resolve("measured/report.html")).contains("Lightness"));
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        Run run = run("new-plugin", "attention", "MyStyle");

        assertEquals(2, run.exitCode(), run.err());
        assertTrue(
                run.err().startsWith("atelier: The plugin name 'MyStyle' is not valid; use lower-case words"),
                run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".")), "nothing is left over");
        }
    }

    private void image(String name, int right) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, i % 64 < 32 ? 0xF0F0F0 : right);
        }
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    private Run run(String... words) throws IOException {
        return distribution.begin(folder, words);
    }
}
