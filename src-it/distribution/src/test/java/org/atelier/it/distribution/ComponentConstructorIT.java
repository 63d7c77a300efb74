package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The component runtime takes any public constructor with as many parameters as the activated one has: if it meets another first, it
 * logs an error. Their order differs between archives of classes.
 */
class ComponentConstructorIT {

    private static final Path BUNDLES = Path.of(System.getProperty("atelier.root"), "bundles");

    private static final Pattern IMPLEMENTATION = Pattern.compile("<implementation class=\"([^\"]+)\"");

    /** A line of javap: the class and the parameters, without type parameters. */
    private static final Pattern CONSTRUCTOR = Pattern.compile("\\s+public (org\\.atelier\\.[\\w.]+)\\(([^)]*)\\).*");

    @Test
    void noComponentHasTwoPublicConstructorsOfOneLength() throws IOException {
        List<Path> jars = jars();
        Set<String> components = new TreeSet<>();
        for (Path jar : jars) {
            components.addAll(components(jar));
        }
        assertTrue(components.contains("org.atelier.studio.AtelierStudio"), components.toString());

        Set<String> seen = new TreeSet<>();
        List<String> ambiguous = new ArrayList<>();
        for (String line : javap(jars, components)) {
            Matcher constructor = CONSTRUCTOR.matcher(line);
            if (constructor.matches()) {
                String parameters = constructor.group(2);
                int count = parameters.isEmpty() ? 0 : parameters.split(",").length;
                if (!seen.add(constructor.group(1) + " " + count)) {
                    ambiguous.add(constructor.group(1));
                }
            }
        }
        assertTrue(seen.size() >= components.size(), "read too little: " + seen);
        assertEquals(List.of(), ambiguous);
    }

    private static List<String> javap(List<Path> jars, Set<String> classes) {
        List<String> arguments = new ArrayList<>(List.of("-public", "-cp"));
        arguments.add(jars.stream().map(Path::toString).collect(Collectors.joining(":")));
        arguments.addAll(classes);
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        ToolProvider.findFirst("javap").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        return printed.toString().lines().map(ComponentConstructorIT::erased).toList();
    }

    /** Without type parameters, which may be nested. */
    private static String erased(String line) {
        String shorter = line.replaceAll("<[^<>]*>", "");
        return shorter.equals(line) ? line : erased(shorter);
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(BUNDLES, 3)) {
            return files.filter(file -> file.getParent().endsWith("target")
                            && file.getFileName().toString().matches("org\\.atelier\\..*\\.jar"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> components(Path jar) throws IOException {
        List<String> classes = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry : file.stream()
                    .filter(each -> each.getName().matches("OSGI-INF/[^/]+\\.xml"))
                    .toList()) {
                String xml = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                Matcher implementation = IMPLEMENTATION.matcher(xml);
                if (implementation.find()) {
                    classes.add(implementation.group(1));
                }
            }
        }
        return classes;
    }
}
