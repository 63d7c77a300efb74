package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong with what others put into {@code deploy/}, at once: sets are generated, and the doctor names each. */
@Timeout(480)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedServer.class)
class DoctorIT {

    private static final Path SOURCES = Path.of("src/faulty").toAbsolutePath();

    /** A looping activator is waited for at every start. */
    private static final Map<String, String> IMPATIENT = Map.of("JAVA_OPTS", "-Datelier.deploy.start.timeout=2");

    private static final String CANNOT_BE_READ = "It is not a valid jar, or was copied incompletely";

    private Path folder;
    private AssembledDistribution whole;
    private AssembledDistribution distribution;

    @BeforeAll
    void deployAllFaults(@TempDir Path temporary) throws Exception {
        folder = temporary;
        whole = new AssembledDistribution();
        distribution = whole.copiedTo(folder.resolve("atelier"));
        Path home = distribution.home();
        Path deploy = Files.createDirectory(home.resolve("deploy"));
        for (String fault : List.of("throwing", "looping", "needy")) {
            build(fault, deploy.resolve(fault + ".jar"), Map.of());
        }
        build("stuck", deploy.resolve("stuck.jar"), Map.of("Bundle-Activator", "org.example.stuck.Stuck"));
        build(
                "throwing",
                deploy.resolve("missing.jar"),
                Map.of("Bundle-SymbolicName", "org.example.missing", "Import-Package", "no.such.paint;version=1.2,*"));
        build("throwing", deploy.resolve("nameless.jar"), Map.of("-removeheaders", "Bundle-SymbolicName"));
        byte[] throwing = Files.readAllBytes(deploy.resolve("throwing.jar"));
        Files.write(deploy.resolve("half.jar"), Arrays.copyOf(throwing, throwing.length / 2));
        build("throwing", deploy.resolve("corrupt.jar"), Map.of("Bundle-SymbolicName", "org.example.corrupt"));
        byte[] corrupt = Files.readAllBytes(deploy.resolve("corrupt.jar"));
        Arrays.fill(corrupt, corrupt.length / 3, corrupt.length / 3 + 40, (byte) 7);
        Files.write(deploy.resolve("corrupt.jar"), corrupt);
        Files.writeString(deploy.resolve("letter.jar"), "Dear sir");
        Files.writeString(
                home.resolve("config/org.atelier.plugins.cfg"),
                "start.timeout = 2\ndrain.timeout = 90000\ndrain.timout = 1\n");
        Files.writeString(home.resolve("config/org.atelier.contxt.weather.cfg"), "minutesToKeep = 5\n");
    }

    private void build(String fault, Path jar, Map<String, String> headers) throws Exception {
        Path classes = Files.createTempDirectory(folder, "classes");
        new ThirdPartyBundle(whole.home(), "org.example." + fault, SOURCES.resolve(fault))
                .writeTo(jar, classes, headers);
    }

    @Test
    void generatesASetDespiteAllFaults(SetServer server) throws Exception {
        Path expected = server.generate(
                folder.resolve("expected"), "items: [a house, a fish]\nseed: 3\nsteps: 2\nwidth: 64\nheight: 64");
        Run run = distribution.begin(
                folder,
                IMPATIENT,
                "generate",
                "a house",
                "a fish",
                "--seed=3",
                "--steps=2",
                "--size=64x64",
                "--out=generated");
        assertEquals(0, run.exitCode(), run.err());
        Path generated = folder.resolve("generated");

        for (String file : List.of("000.png", "001.png", "contact-sheet.png", "set.json")) {
            assertEquals(-1, Files.mismatch(expected.resolve(file), generated.resolve(file)), file);
        }
    }

    @Test
    void namesEachFaultAndWhatToDo() throws Exception {
        Run run = distribution.begin(folder.resolve("doctor"), IMPATIENT, "doctor", "--json");

        assertEquals(5, run.exitCode(), run.err());
        List<JsonObject> findings = new ArrayList<>();
        for (JsonElement finding : JsonParser.parseString(run.out()).getAsJsonArray()) {
            findings.add(finding.getAsJsonObject());
        }
        assertFault(findings, "deploy/letter.jar", CANNOT_BE_READ);
        assertFault(findings, "deploy/half.jar", CANNOT_BE_READ);
        assertFault(findings, "deploy/corrupt.jar", CANNOT_BE_READ);
        assertFault(findings, "deploy/nameless.jar", "its manifest has no Bundle-SymbolicName");
        assertFault(findings, "deploy/missing.jar", "It needs the package no.such.paint from 1.2.0");
        assertFault(findings, "deploy/stuck.jar", "Its activator does not return");
        assertFault(
                findings,
                "org.example.needy.NeedyAttention of deploy/needy.jar",
                "java.util.function.Supplier with (kind=bone)");
        assertFault(findings, "attention.throwing of deploy/throwing.jar", "did not start: no glue in the pot.");
        assertFault(findings, "attention.looping of deploy/looping.jar", "did not start: it was not ready after 2 s.");
        assertFault(findings, "config/org.atelier.plugins.cfg", "drain.timeout = 90000");
        assertTold(findings, "warning", "config/org.atelier.plugins.cfg", "'drain.timout'");
        assertTold(findings, "warning", "config/org.atelier.contxt.weather.cfg", "org.atelier.contxt.weather");
        for (JsonObject finding : findings) {
            boolean fine = finding.get("severity").getAsString().equals("ok");
            assertFalse(!fine && finding.get("remedy").getAsString().isBlank(), finding.toString());
        }
    }

    /** What the machine lacks is not the distribution's affair. */
    @Test
    void reportsNothingForTheDistributionItself() throws Exception {
        Run run = whole.begin(folder.resolve("well"), "doctor", "--json");

        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertEquals("", run.err());
        List<String> checks = new ArrayList<>();
        for (JsonElement finding : JsonParser.parseString(run.out()).getAsJsonArray()) {
            String check = finding.getAsJsonObject().get("check").getAsString();
            checks.add(check);
            assertTrue(
                    List.of("disk", "memory").contains(check)
                            || finding.getAsJsonObject()
                                    .get("severity")
                                    .getAsString()
                                    .equals("ok"),
                    finding.toString());
        }
        assertEquals(
                List.of(
                        "components",
                        "configurations",
                        "deployed files",
                        "disk",
                        "memory",
                        "metric models",
                        "models",
                        "native stacks",
                        "plugins",
                        "threads"),
                checks.stream().distinct().toList());
    }

    private static void assertFault(List<JsonObject> findings, String subject, String message) {
        assertTold(findings, "fault", subject, message);
    }

    private static void assertTold(List<JsonObject> findings, String severity, String subject, String message) {
        assertTrue(
                findings.stream()
                        .filter(finding -> finding.get("severity").getAsString().equals(severity))
                        .filter(finding -> finding.get("subject").getAsString().equals(subject))
                        .anyMatch(
                                finding -> finding.get("message").getAsString().contains(message)),
                () -> "no " + severity + " of " + subject + " with \"" + message + "\" in " + findings);
    }
}
