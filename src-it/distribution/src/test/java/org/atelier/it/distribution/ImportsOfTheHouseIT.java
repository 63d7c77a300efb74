package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The arrows between the bundles point down only; their built manifests show it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportsOfTheHouseIT {

    /** Commas between packages, not those within the quotes of a version range. */
    private static final Pattern BETWEEN_CLAUSES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    /** Which bundles of the house each may import from. */
    private static final Map<String, Set<String>> BELOW = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("tensor", Set.of("api")),
            Map.entry("models", Set.of("api", "tensor")),
            Map.entry("pictures", Set.of("api")),
            Map.entry("onnx", Set.of("api", "models", "pictures")),
            Map.entry("audio", Set.of("api")),
            Map.entry("audio.ffmpeg", Set.of("api", "audio")),
            Map.entry("diffusion", Set.of("api", "tensor", "models")),
            Map.entry("studio", Set.of("api", "tensor", "models", "pictures", "diffusion")),
            Map.entry("queue", Set.of("api")),
            Map.entry("evaluation", Set.of("api")),
            Map.entry("hub", Set.of("api", "models")),
            Map.entry("templates", Set.of("api")),
            Map.entry("doctor", Set.of("api", "models")),
            Map.entry("client", Set.of("api")),
            Map.entry("web", Set.of("api")),
            Map.entry("cli", Set.of("api")));

    private static final Set<String> BELOW_A_PLUGIN = Set.of("api", "tensor");

    /** What reads for a set runs models of its own, or asks a service. */
    private static final Set<String> BELOW_A_READING_PLUGIN = Set.of("api", "models", "pictures", "onnx", "audio");

    private final Map<String, Set<String>> importsByBundle = new HashMap<>();
    private final Map<String, Set<String>> exportsByBundle = new HashMap<>();

    @BeforeAll
    void readTheManifests() throws IOException {
        Path home = Path.of(System.getProperty("atelier.distribution"));
        for (String level : List.of("30", "45", "50")) {
            try (Stream<Path> jars = Files.list(home.resolve("bundle").resolve(level))) {
                for (Path jar : jars.filter(ImportsOfTheHouseIT::isOfTheHouse).toList()) {
                    readTheManifest(jar);
                }
            }
        }
    }

    @Test
    void aBundleImportsOnlyFromTheRoomsBelow() {
        Map<String, Set<String>> forbidden = new HashMap<>();
        importsByBundle.forEach((bundle, imports) -> {
            Set<String> rooms = imports.stream()
                    .filter(name -> name.startsWith("org.atelier."))
                    .map(ImportsOfTheHouseIT::room)
                    .filter(room -> !room.equals(bundle))
                    .collect(Collectors.toCollection(TreeSet::new));
            rooms.removeAll(roomsBelow(bundle));
            if (!rooms.isEmpty()) {
                forbidden.put(bundle, rooms);
            }
        });
        assertEquals(Map.of(), forbidden);
    }

    @Test
    void aStylePluginNeedsNothingButTheContractsAndTheTensors() {
        Map<String, Set<String>> forbidden = new HashMap<>();
        importsByBundle.forEach((bundle, imports) -> {
            Set<String> others = imports.stream()
                    .filter(name -> !name.matches("(org\\.atelier|ai\\.djl|org\\.osgi)\\..*"))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (isPlugin(bundle) && !reads(bundle) && !others.isEmpty()) {
                forbidden.put(bundle, others);
            }
        });
        assertEquals(Map.of(), forbidden);
    }

    @Test
    void frontDoorsKnowNothingOfTensors() {
        Set<String> engines = importsByBundle.get("cli").stream()
                .filter(name -> name.startsWith("ai."))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), engines);
    }

    @Test
    void onlyContractsAndTheRoomsBelowTheStudioExport() {
        Set<String> exporting = exportsByBundle.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertEquals(Set.of("api", "tensor", "models", "pictures", "onnx", "audio", "diffusion"), exporting);
    }

    private void readTheManifest(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            String bundle = headers.getValue("Bundle-SymbolicName").replace("org.atelier.", "");
            importsByBundle.put(bundle, packages(headers.getValue("Import-Package")));
            exportsByBundle.put(bundle, packages(headers.getValue("Export-Package")));
        }
    }

    private static boolean isOfTheHouse(Path jar) {
        return jar.getFileName().toString().startsWith("org.atelier.");
    }

    private static Set<String> roomsBelow(String bundle) {
        return BELOW.getOrDefault(bundle, reads(bundle) ? BELOW_A_READING_PLUGIN : BELOW_A_PLUGIN);
    }

    private static boolean reads(String bundle) {
        return bundle.startsWith("context.") || bundle.startsWith("control.");
    }

    private static boolean isPlugin(String bundle) {
        return !BELOW.containsKey(bundle);
    }

    /** {@code org.atelier.api.set} lies in the room {@code api}. */
    private static String room(String name) {
        return name.split("\\.")[2];
    }

    private static Set<String> packages(String header) {
        return header == null
                ? Set.of()
                : Arrays.stream(BETWEEN_CLAUSES.split(header))
                        .map(clause -> clause.split(";", 2)[0].strip())
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
