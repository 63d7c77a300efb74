package org.atelier.it.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is silent in a framework, deployed at once: the doctor names each, and what to do. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorIT {

    private static final Path SKETCHBOOK =
            Path.of("../../distribution/models/sketchbook").toAbsolutePath().normalize();

    private static final String SERVICE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%1$s">
              <service><provide interface="java.lang.Runnable"/></service>
              %2$s
              <implementation class="%1$s"/>
            </scr:component>
            """;

    private static final String PLUGIN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%1$s.%2$s" factory="org.atelier.attention"
                configuration-policy="ignore" init="1">
              <factory-property name="atelier.name" type="String" value="%2$s"/>
              <property name="how" type="String" value="%2$s"/>
              %3$s
              <implementation class="%1$s"/>
            </scr:component>
            """;

    private static final String REFERENCE =
            "<reference name=\"glue\" interface=\"org.example.Glue\" cardinality=\"1..1\" target=\"(kind=bone)\"/>";

    private List<String> findings;
    private List<String> again;
    private List<String> loopingThreads;
    private List<String> loopingThreadsAgain;

    @BeforeAll
    void examineAllFaultsAtOnce(@TempDir Path home) throws Exception {
        Files.createDirectory(home.resolve("deploy"));
        deploy(home.resolve("deploy"));
        furnishModels(Files.createDirectory(home.resolve("models")));
        Path config = Files.createDirectory(home.resolve("config"));
        Files.writeString(config.resolve("notes.txt"), "buy paint");
        Files.writeString(config.resolve("org.example.latin.cfg"), "a = 1\nb = ü\n", StandardCharsets.ISO_8859_1);
        Files.createDirectory(config.resolve("org.example.folder.cfg"));
        Files.createSymbolicLink(config.resolve("org.example.gone.cfg"), home.resolve("nowhere"));
        Files.createSymbolicLink(home.resolve("deploy/gone.jar"), home.resolve("nowhere"));
        try (TestFramework framework = DoctorFramework.open(home)) {
            List<List<String>> told = framework.inside(AllFaults.class, DoctorEnvironment.class);
            findings = told.get(0);
            again = told.get(1);
            loopingThreads = told.get(2);
            loopingThreadsAgain = told.get(3);
            assertEquals(7, told.get(4).size(), () -> "refused: " + told.get(4));
        }
    }

    private static void deploy(Path folder) throws IOException {
        Jars jars = new Jars(folder);
        Files.writeString(folder.resolve("letter.jar"), "Dear sir");
        Files.writeString(folder.resolve("readme.txt"), "no jar");
        jars.write("library.jar", Map.of(), Needy.class);
        jars.write(
                "missing-package.jar",
                Map.of(
                        "Bundle-ManifestVersion",
                        "2",
                        "Bundle-SymbolicName",
                        "test.missing.package",
                        "Import-Package",
                        "no.such.paint;version=\"[1.2,2)\",org.osgi.framework;version=\"[99,100)\""));
        Path half = jars.activated("half-copied.jar", "test.half", FailsToStart.class);
        byte[] whole = Files.readAllBytes(half);
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        Path corrupt = jars.activated("corrupt.jar", "test.corrupt", FailsToStart.class);
        byte[] bytes = Files.readAllBytes(corrupt);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 20, (byte) 0);
        Files.write(corrupt, bytes);
        jars.activated("fails-to-start.jar", "test.fails", FailsToStart.class);
        jars.activated("never-starts.jar", "test.never.starts", NeverStarts.class);
        jars.activated("native.jar", "org.atelier.libs.paint", Leaky.class);
        jars.write(
                "own-djl.jar",
                Map.of(
                        "Bundle-ManifestVersion",
                        "2",
                        "Bundle-SymbolicName",
                        "test.own.djl",
                        "Export-Package",
                        "ai.djl.ndarray"));
        jars.activated("twin-1.jar", "test.twin", Leaky.class);
        jars.activated("twin-2.jar", "test.twin", Leaky.class);
        service(folder.resolve("throwing-service.jar"), "test.throwing.service", Throwing.class, "");
        service(folder.resolve("unsatisfied.jar"), "test.unsatisfied", Needy.class, REFERENCE);
        plugin(folder, "throwing", "");
        plugin(folder, "looping", "");
        plugin(folder, "needy", REFERENCE);
    }

    private static void service(Path jar, String name, Class<?> type, String reference) throws IOException {
        TestFramework.write(jar, name, "1.0.0", SERVICE.formatted(type.getName(), reference), type);
    }

    private static void plugin(Path folder, String name, String reference) throws IOException {
        TestFramework.write(
                folder.resolve(name + ".jar"),
                "test." + name,
                "1.0.0",
                PLUGIN.formatted(NeverReady.class.getName(), name, reference),
                NeverReady.class);
    }

    /** A whole model, one without the weights of a network, and what is none. */
    private static void furnishModels(Path models) throws IOException {
        Files.createSymbolicLink(models.resolve("sketchbook"), SKETCHBOOK);
        Path torn = Files.createDirectory(models.resolve("torn"));
        for (String part :
                List.of("model_index.json", "unet", "scheduler", "text_encoder", "text_encoder_2", "tokenizer")) {
            Files.createSymbolicLink(torn.resolve(part), SKETCHBOOK.resolve(part));
        }
        Files.createSymbolicLink(torn.resolve("tokenizer_2"), SKETCHBOOK.resolve("tokenizer_2"));
        Files.createDirectory(torn.resolve("vae"));
        Files.copy(SKETCHBOOK.resolve("vae/config.json"), torn.resolve("vae/config.json"));
        Files.createDirectory(models.resolve("only-a-name"));
    }

    @Test
    void namesAFileThatIsNoJar() {
        assertFound("FAULT deployed files | deploy/letter.jar | It is not a valid jar, or was copied incompletely: ");
    }

    @Test
    void namesAJarThatIsNoBundle() {
        assertFound("FAULT deployed files | deploy/library.jar | It is a jar but not a bundle: its manifest has no"
                + " Bundle-SymbolicName. | Build it as a bundle");
    }

    @Test
    void namesWhatIsNotLookedAt() {
        assertFound("WARNING deployed files | deploy/readme.txt | It is ignored");
    }

    @Test
    void namesLinksThatLeadNowhere() {
        assertFound("WARNING deployed files | deploy/gone.jar | It is a dangling symbolic link.");
        assertFound("WARNING configurations | config/org.example.gone.cfg | It is a dangling symbolic link.");
    }

    @Test
    void namesAHalfCopiedJarAndACorruptOne() {
        assertFound(
                "FAULT deployed files | deploy/half-copied.jar | It is not a valid jar, or was copied incompletely: ");
        assertFound("FAULT deployed files | deploy/corrupt.jar | It is not a valid jar, or was copied incompletely: ");
    }

    @Test
    void namesTheMissingPackageAndTheVersionsThatAreHere() {
        String found = assertFound("FAULT deployed files | deploy/missing-package.jar | It needs ");
        assertTrue(found.contains("the package no.such.paint from 1.2.0 to below 2.0.0"), found);
        assertTrue(found.contains("the package org.osgi.framework from 99.0.0 to below 100.0.0 (available: 1."), found);
    }

    @Test
    void namesAnActivatorThatThrowsAndOneThatNeverEnds() {
        assertFound(
                "FAULT deployed files | deploy/fails-to-start.jar | It does not start: IllegalStateException: the paint"
                        + " is dry.");
        assertFound("FAULT deployed files | deploy/never-starts.jar | Its activator does not return");
    }

    @Test
    void namesOneThatNeverEndsAlsoWhenItsFileIsGone() {
        assertFound(again, "FAULT deployed files | deploy/never-starts.jar | Its activator does not return");
    }

    @Test
    void namesABundleThatIsHereTwice() {
        assertFound(
                "FAULT deployed files | deploy/twin-2.jar | test.twin 0.0.0 is already installed from deploy/twin-1.jar.");
    }

    @Test
    void namesNativeStacksThatAreDeployed() {
        String never =
                "Native stacks are part of the distribution and cannot be deployed. | Remove it; to change a native stack,"
                        + " replace it in bundle/20/ and restart Atelier.";
        assertFound("FAULT deployed files | deploy/native.jar | " + never);
        assertFound("FAULT native stacks | deploy/own-djl.jar | It contains the package ai.djl.ndarray of"
                + " org.atelier.libs.djl. " + never);
    }

    @Test
    void namesTheServiceThatAComponentMisses() {
        String service = "It needs the service org.example.Glue with (kind=bone), which is not available.";
        assertFound("FAULT components | " + Needy.class.getName() + " of deploy/unsatisfied.jar | " + service);
        assertFound("FAULT components | " + NeverReady.class.getName() + ".needy of deploy/needy.jar | " + service);
    }

    @Test
    void namesAConstructorThatThrowsAndWhatItComplainsOf() {
        assertFound("FAULT components | " + Throwing.class.getName()
                + " of deploy/throwing-service.jar | Its constructor failed: IllegalArgumentException: no canvas.");
        assertFound(
                "FAULT plugins | attention.throwing of deploy/throwing.jar | The attention 'throwing' did not start: no glue in"
                        + " the pot.");
    }

    @Test
    void namesAConstructorThatLoopsAndStartsItOnce() {
        String found =
                "FAULT plugins | attention.looping of deploy/looping.jar | The attention 'looping' did not start: it was not"
                        + " ready after 1 s.";
        assertFound(found);
        assertTrue(again.stream().anyMatch(line -> line.startsWith(found)), () -> String.join("\n", again));
        assertEquals(1, loopingThreads.size(), loopingThreads.toString());
        assertEquals(loopingThreads, loopingThreadsAgain);
    }

    @Test
    void namesConfigurationsThatNobodyReads() {
        assertFound("WARNING configurations | configuration org.atelier.stduio | No bundle reads the configuration"
                + " org.atelier.stduio. | Rename the file to org.atelier.studio.cfg");
        assertFound("WARNING configurations | configuration org.example.unread | No bundle reads");
        assertFound("WARNING configurations | config/notes.txt | No bundle reads it");
        assertFound("WARNING configurations | config/org.example.folder.cfg | No bundle reads it");
    }

    @Test
    void namesTheLineOfAFileThatIsNotUtf8() {
        assertFound(
                "FAULT configurations | config/org.example.latin.cfg | Line 2 is not UTF-8, so the file is not read. |"
                        + " Save it in UTF-8.");
    }

    @Test
    void namesValuesThatAreNotAllowed() {
        assertFound("FAULT configurations | configuration org.atelier.plugins | drain.timeout = -1: ");
        assertFound("WARNING configurations | configuration org.atelier.plugins | No bundle reads 'drain.timout'. | Use"
                + " 'drain.timeout'.");
    }

    @Test
    void namesModelsThatAreIncomplete() {
        String found = assertFound("FAULT models | model torn | ");
        assertTrue(found.contains("vae: has no weights: diffusion_pytorch_model.safetensors is missing."), found);
        assertFound("FAULT models | models/only-a-name | It is not a supported model");
        assertTrue(findings.stream().noneMatch(line -> line.contains("model sketchbook")), () -> all());
    }

    @Test
    void hasNoComplaintAboutWhatIsWell() {
        List<String> own = findings.stream()
                .filter(line -> !line.startsWith("OK"))
                .filter(line -> line.contains("org.atelier.") && !line.contains("org.atelier.it."))
                .filter(line -> !line.contains("configuration org.atelier.stduio"))
                .filter(line -> !line.contains("configuration org.atelier.plugins"))
                .filter(line -> !line.contains("deploy/own-djl.jar"))
                .toList();
        assertEquals(List.of(), own);
    }

    @Test
    void asksTheChecksOfOthers() {
        assertFound("WARNING paint shop | paint shop | The red is low.");
    }

    private String assertFound(String beginning) {
        return assertFound(findings, beginning);
    }

    private static String assertFound(List<String> lines, String beginning) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no \"" + beginning + "\" in\n" + String.join("\n", lines)));
    }

    private String all() {
        return String.join("\n", findings);
    }
}
