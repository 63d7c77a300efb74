package org.atelier.it.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;

/**
 * What the bundle makes of the archetypes is what Maven makes of them: the build of each archetype holds Maven's against
 * the same files, byte by byte.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplatesBundleIT {

    private static final Path ARCHETYPES = Path.of("../../archetypes");

    private Map<String, String> projects;
    private String version;

    @BeforeAll
    void makeOneOfEveryKind() throws Exception {
        try (TestFramework framework = TestFramework.start(
                Path.of("/opt/atelier"), "org.atelier.libs.djl", "org.atelier.api", "org.atelier.templates")) {
            Version own = framework.bundle("org.atelier.templates").getVersion();
            version = own.toString().replaceFirst("\\.(?=\\D)", "-");
            projects = framework.inside(ProjectsProbe.class);
        }
    }

    @AfterAll
    void delete() throws IOException {
        Path work = Path.of(projects.values().iterator().next()).getParent();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void knowsEveryKindThatHasAnArchetype() throws IOException {
        try (Stream<Path> folders = Files.list(ARCHETYPES)) {
            List<String> kinds = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
            assertEquals(kinds, List.copyOf(projects.keySet()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "attention, my-style",
        "blend, my-blend",
        "context, my-season",
        "control, my-outline",
        "metric, my-lightness",
        "sampler, my-euler"
    })
    void makesWhatTheArchetypeMakes(String kind, String name) throws IOException {
        Path golden = ARCHETYPES.resolve(kind).resolve("src/test/resources/projects/" + name + "/reference");
        Map<String, String> expected = texts(golden);
        expected.computeIfPresent(
                "pom.xml", (path, pom) -> pom.replace("<atelier.version>0.1.0<", "<atelier.version>" + version + "<"));

        assertEquals(expected, texts(Path.of(projects.get(kind))));
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
