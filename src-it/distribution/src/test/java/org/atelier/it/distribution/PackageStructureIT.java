package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathNodes;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** How the code is laid out in folders, bundles and packages, read from what was built. */
class PackageStructureIT {

    private static final Path BUNDLES = Path.of(System.getProperty("atelier.root"), "bundles");

    private static final int MOST_CLASSES = 40;

    /** Of a bundle around a library, the package of that library in which alone its own class can work. */
    private static final Map<String, String> LIBRARY_PACKAGES = Map.of("libs.djl", "ai.djl.onnxruntime.engine");

    /** A line of jdeps: the package, one that it uses, and where that is. */
    private static final Pattern ARROW = Pattern.compile("\\s+(org\\.atelier\\S*)\\s+-> (org\\.atelier\\S*).*");

    @Test
    void noCircleExistsBetweenPackages() throws IOException {
        Map<String, Set<String>> packages = dependencies();
        assertTrue(
                packages.getOrDefault("org.atelier.studio", Set.of()).contains("org.atelier.api.set"),
                "read too little");

        assertEquals(Map.of(), circles(packages));
    }

    @Test
    void noPackageIsTooLargeToSurvey() throws IOException {
        Map<String, Integer> classes = new TreeMap<>();
        for (Path folder : builtClasses()) {
            for (Path file : below(folder)) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.contains("$") && !name.equals("package-info.class")) {
                    String parent =
                            folder.relativize(file.getParent()).toString().replace('/', '.');
                    classes.merge(parent, 1, Integer::sum);
                }
            }
        }
        assertTrue(classes.containsKey("org.atelier.api.set"), classes.toString());

        classes.values().removeIf(count -> count <= MOST_CLASSES);
        assertEquals(Map.of(), classes);
    }

    @Test
    void folderArtifactBundleAndRootPackageHaveOneName() throws Exception {
        List<String> faults = new ArrayList<>();
        List<String> modules = texts(BUNDLES.resolve("pom.xml"), "/project/modules/module");
        Set<String> folders = new TreeSet<>();
        for (Path folder : children(BUNDLES)) {
            if (Files.exists(folder.resolve("pom.xml"))) {
                String name = folder.getFileName().toString();
                folders.add(name);
                compare(name, folder, faults);
            }
        }
        assertEquals(List.of(), faults);
        assertEquals(folders, new TreeSet<>(modules));
    }

    private static void compare(String folderName, Path folder, List<String> faults) throws Exception {
        String expected = "org.atelier." + folderName;
        List<String> artifact = texts(folder.resolve("pom.xml"), "/project/artifactId");
        if (!artifact.equals(List.of(expected))) {
            faults.add(folderName + ": its artifact is " + artifact);
        }
        for (Path source : below(folder.resolve("src/main/java"))) {
            String inPackage = folder.resolve("src/main/java")
                    .relativize(source.getParent())
                    .toString()
                    .replace('/', '.');
            if (!inPackage.equals(expected)
                    && !inPackage.startsWith(expected + ".")
                    && !inPackage.equals(LIBRARY_PACKAGES.get(folderName))) {
                faults.add(folderName + ": it has the package " + inPackage);
            }
        }
        for (Path jar : children(folder.resolve("target"))) {
            if (jar.getFileName().toString().endsWith(".jar")) {
                String symbolicName = symbolicName(jar);
                if (symbolicName != null && !symbolicName.equals(expected)) {
                    faults.add(folderName + ": its bundle is called " + symbolicName);
                }
            }
        }
    }

    /** Of every package the others that it uses. */
    private static Map<String, Set<String>> dependencies() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--multi-release",
                "base",
                "--ignore-missing-deps",
                "-verbose:package",
                "-filter:package",
                "-include",
                "org\\.atelier\\..*"));
        builtClasses().forEach(folder -> arguments.add(folder.toString()));
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        int exitCode = ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        assertEquals(0, exitCode, printed::toString);
        Map<String, Set<String>> dependencies = new TreeMap<>();
        for (String line : printed.toString().lines().toList()) {
            Matcher arrow = ARROW.matcher(line);
            if (arrow.matches()) {
                dependencies
                        .computeIfAbsent(arrow.group(1), any -> new TreeSet<>())
                        .add(arrow.group(2));
            }
        }
        return dependencies;
    }

    /** Of every package those that it uses and that use it, by way of others. */
    private static Map<String, Set<String>> circles(Map<String, Set<String>> dependencies) {
        Map<String, Set<String>> circles = new TreeMap<>();
        dependencies.forEach((from, used) -> {
            Set<String> back = new TreeSet<>(used);
            back.removeIf(to -> !reachable(to, dependencies).contains(from));
            if (!back.isEmpty()) {
                circles.put(from, back);
            }
        });
        return circles;
    }

    private static Set<String> reachable(String start, Map<String, Set<String>> dependencies) {
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            for (String to : dependencies.getOrDefault(next.pop(), Set.of())) {
                if (reached.add(to)) {
                    next.push(to);
                }
            }
        }
        return reached;
    }

    private static List<Path> builtClasses() throws IOException {
        return children(BUNDLES).stream()
                .map(folder -> folder.resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    private static List<Path> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<String> texts(Path xml, String path) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
        XPathNodes nodes = XPathFactory.newInstance().newXPath().evaluateExpression(path, document, XPathNodes.class);
        List<String> texts = new ArrayList<>();
        nodes.forEach(node -> texts.add(node.getTextContent().strip()));
        return texts;
    }

    private static String symbolicName(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
        }
    }
}
