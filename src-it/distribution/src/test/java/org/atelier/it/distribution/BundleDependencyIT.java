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
class BundleDependencyIT {

    private static final String PREFIX = "org.atelier.";

    /** Commas between packages, not those within the quotes of a version range. */
    private static final Pattern BETWEEN_CLAUSES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    /** From which other bundles of Atelier each may import. */
    private static final Map<String, Set<String>> BELOW = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("tensor", Set.of("api")),
            Map.entry("models", Set.of("api", "tensor")),
            Map.entry("pictures", Set.of("api")),
            Map.entry("onnx", Set.of("api", "models", "pictures")),
            Map.entry("audio", Set.of("api")),
            Map.entry("audio.ffmpeg", Set.of("api", "audio")),
            Map.entry("diffusion", Set.of("api", "tensor", "models")),
            Map.entry("plugins", Set.of("api", "diffusion")),
            Map.entry("requests", Set.of("api", "pictures")),
            Map.entry("studio", Set.of("api", "tensor", "models", "pictures", "diffusion", "plugins", "requests")),
            Map.entry("queue", Set.of("api")),
            Map.entry("evaluation", Set.of("api", "pictures")),
            Map.entry("explain", Set.of("api", "models")),
            Map.entry("batch", Set.of("api")),
            Map.entry("hub", Set.of("api", "models")),
            Map.entry("templates", Set.of("api")),
            Map.entry("doctor", Set.of("api", "models")),
            Map.entry("client", Set.of("api")),
            Map.entry("web", Set.of("api", "pictures", "audio")),
            Map.entry("page", Set.of()),
            Map.entry("cli", Set.of("api")));

    private static final Set<String> BELOW_A_PLUGIN = Set.of("api", "tensor");

    /** What reads an input of a set runs models of its own, or asks a service. */
    private static final Set<String> BELOW_A_READING_PLUGIN = Set.of("api", "models", "pictures", "onnx", "audio");

    /** A metric may run a network on the images of a set. */
    private static final Set<String> BELOW_A_METRIC = Set.of("api", "tensor", "models", "pictures", "onnx");

    /** The JSON in which the settings of a network are, which a metric may read. */
    private static final String SETTINGS = "com.google.gson";

    private static final Set<String> EXPORTING =
            Set.of("api", "tensor", "models", "pictures", "onnx", "audio", "diffusion", "plugins", "requests");

    private final Map<String, Set<String>> importsByBundle = new HashMap<>();
    private final Map<String, Set<String>> exportsByBundle = new HashMap<>();

    @BeforeAll
    void readTheManifests() throws IOException {
        Path home = Path.of(System.getProperty("atelier.distribution"));
        for (String level : List.of("30", "45", "50")) {
            try (Stream<Path> jars = Files.list(home.resolve("bundle").resolve(level))) {
                for (Path jar : jars.filter(BundleDependencyIT::isOfAtelier).toList()) {
                    readTheManifest(jar);
                }
            }
        }
    }

    @Test
    void aBundleImportsOnlyFromBundlesBelow() {
        Map<String, Set<String>> forbidden = new HashMap<>();
        importsByBundle.forEach((bundle, imports) -> {
            Set<String> others = imports.stream()
                    .filter(name -> name.startsWith(PREFIX))
                    .map(this::exporting)
                    .filter(other -> !other.equals(bundle))
                    .collect(Collectors.toCollection(TreeSet::new));
            others.removeAll(below(bundle));
            if (!others.isEmpty()) {
                forbidden.put(bundle, others);
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
                    .filter(name -> !isMetric(bundle) || !name.equals(SETTINGS))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (isPlugin(bundle) && !reads(bundle) && !others.isEmpty()) {
                forbidden.put(bundle, others);
            }
        });
        assertEquals(Map.of(), forbidden);
    }

    @Test
    void frontEndsKnowNothingOfTensors() {
        Set<String> engines = importsByBundle.get("cli").stream()
                .filter(name -> name.startsWith("ai."))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), engines);
    }

    @Test
    void onlyContractsAndWhatLiesBelowTheStudioExport() {
        Set<String> exporting = exportsByBundle.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertEquals(EXPORTING, exporting);
    }

    private void readTheManifest(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            String bundle = headers.getValue("Bundle-SymbolicName").replace(PREFIX, "");
            importsByBundle.put(bundle, packages(headers.getValue("Import-Package")));
            exportsByBundle.put(bundle, packages(headers.getValue("Export-Package")));
        }
    }

    private static boolean isOfAtelier(Path jar) {
        return jar.getFileName().toString().startsWith(PREFIX);
    }

    /** Which bundle a package comes from; the package itself where none exports it. */
    private String exporting(String name) {
        return exportsByBundle.entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }

    private static Set<String> below(String bundle) {
        return BELOW.getOrDefault(bundle, belowAPlugin(bundle));
    }

    private static Set<String> belowAPlugin(String bundle) {
        if (isMetric(bundle)) {
            return BELOW_A_METRIC;
        }
        return reads(bundle) ? BELOW_A_READING_PLUGIN : BELOW_A_PLUGIN;
    }

    private static boolean reads(String bundle) {
        return bundle.startsWith("context.") || bundle.startsWith("control.");
    }

    private static boolean isMetric(String bundle) {
        return bundle.startsWith("metric.");
    }

    private static boolean isPlugin(String bundle) {
        return !BELOW.containsKey(bundle);
    }

    private static Set<String> packages(String header) {
        return header == null
                ? Set.of()
                : Arrays.stream(BETWEEN_CLAUSES.split(header))
                        .map(clause -> clause.split(";", 2)[0].strip())
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
