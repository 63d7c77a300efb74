package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What users put into the folder {@code deploy}: somebody's plugin, and a jar that is not copied to its end. */
@Timeout(480)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentIT {

    private Path folder;
    private AssembledDistribution distribution;

    @BeforeAll
    void deploy(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path assembled = new AssembledDistribution().home();
        assertTrue(Files.isDirectory(assembled.resolve("deploy")), "the distribution has a folder for plugins");
        Path home = folder.resolve("atelier");
        Files.createDirectories(home.resolve("bin"));
        Files.copy(assembled.resolve("bin/atelier"), home.resolve("bin/atelier"));
        assertTrue(home.resolve("bin/atelier").toFile().setExecutable(true));
        for (String same : List.of("lib", "config", "models", "bundle")) {
            Files.createSymbolicLink(home.resolve(same), assembled.resolve(same));
        }
        Path deploy = Files.createDirectory(home.resolve("deploy"));
        Path jar = deploy.resolve("mixing.jar");
        new ThirdPartyBundle(assembled).writeTo(jar, Files.createDirectory(folder.resolve("classes")));
        byte[] whole = Files.readAllBytes(jar);
        Files.write(deploy.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));
        distribution = new AssembledDistribution(home);
    }

    @Test
    void generatesWithADeployedPluginAndReportsSkippedJars() throws Exception {
        Run run = run(
                "generated",
                "generate",
                "a house",
                "a fish",
                "--attention",
                "mixed",
                "--attention-option",
                "reference-share=0.5",
                "--steps",
                "2",
                "--size",
                "64x64",
                "--out",
                "set");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(Files.readString(folder.resolve("generated/set/set.json")).contains("\"reference-share\": 0.5"));
        List<String> warnings =
                run.err().lines().filter(line -> line.contains("half.jar")).toList();
        assertEquals(1, warnings.size(), run.err());
        assertTrue(warnings.get(0).startsWith("atelier: deploy/half.jar is left out: "), warnings.get(0));
    }

    @Test
    void listsInstalledAndDeployedPlugins() throws Exception {
        Run run = run("listed", "plugins");

        assertEquals(0, run.exitCode(), run.err());
        List<String> rows =
                run.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
        assertEquals("KIND NAME VERSION BUNDLE STATE OPTIONS", rows.get(0));
        assertTrue(rows.contains("attention mixed 1.0.0 org.example.mixing ready 1"), run.out());
        assertTrue(rows.contains("blend heaviest 1.0.0 org.example.mixing ready 1"), run.out());
        assertTrue(rows.contains("sampler euler-ancestral 1.0.0 org.example.mixing ready 1"), run.out());
        assertTrue(rows.contains("metric lightness 1.0.0 org.example.mixing ready 0"), run.out());
        for (String here : List.of("attention shared", "context place", "control canny", "sampler ddim")) {
            assertTrue(rows.stream().anyMatch(row -> row.startsWith(here + " ") && row.contains(" ready ")), run.out());
        }
    }

    @Test
    void listsTheOptionsOfADeployedPlugin() throws Exception {
        Run run = run("told", "options", "attention.mixed");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("attention.mixed: Mixed attention\n"), run.out());
        assertTrue(
                run.out().lines().anyMatch(line -> line.matches("reference-share +a number +0 to 1 +0.25")), run.out());
        assertTrue(run.out().contains("reference-share: What is taken from the references."), run.out());
    }

    private Run run(String name, String... words) throws IOException {
        return distribution.begin(folder.resolve(name), words);
    }
}
