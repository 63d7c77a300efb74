package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Words from a plugin that knows {@code api} only, and from a weather service on this machine. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContextsIT {

    private static final int MOST_LINES = 60;
    private static final Path SOURCES = Path.of("src/context-plugin").toAbsolutePath();
    private static final Path CALENDAR = SOURCES.resolve("org/example/calendar/Calendar.java");
    private static final String KEY = "canary0123456789abcdef";

    private Path folder;
    private AssembledDistribution distribution;
    private HttpServer weather;

    /** Generates most of the sets: a process for each would start for longer than it generates. */
    private SetServer server;

    @BeforeAll
    void addAPluginAndAService(@TempDir Path temporary) throws Exception {
        folder = temporary;
        distribution = new AssembledDistribution().copiedTo(folder.resolve("atelier"));
        Path home = distribution.home();
        writePlugin(home, "calendar", "Calendar");
        writePlugin(home, "notes", "Notes");
        serveWeather();
        Path key = Files.writeString(folder.resolve("key"), KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                home.resolve("config/org.atelier.context.weather.cfg"),
                "openWeather = http://127.0.0.1:" + weather.getAddress().getPort() + "\nkeyFile = " + key + "\n");
        server = SetServer.start(distribution, Map.of());
    }

    @AfterAll
    void stopTheService() throws IOException {
        if (server != null) {
            server.close();
        }
        weather.stop(0);
    }

    private void serveWeather() throws IOException {
        weather = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        weather.createContext("/", exchange -> {
            URI requested = exchange.getRequestURI();
            String answer = requested.getPath().startsWith("/geo")
                    ? "[{\"name\":\"Bergen\",\"lat\":60.39,\"lon\":5.32,\"country\":\"NO\"}]"
                    : "{\"weather\":[{\"id\":500,\"description\":\"light rain, " + KEY + "\",\"icon\":\"10d\"}],"
                            + "\"main\":{\"temp\":7.2}}";
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            boolean known = requested.getQuery().contains("appid=" + KEY);
            try (exchange) {
                exchange.sendResponseHeaders(known ? 200 : 401, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        weather.start();
    }

    @Test
    void isShort() throws IOException {
        int lines = Files.readAllLines(CALENDAR).size();
        assertTrue(lines < MOST_LINES, lines + " lines");
    }

    @Test
    void generatesFromThePluginAndGeneratesTheSameAgain() throws Exception {
        Run run = begin(
                "first",
                "generate",
                "a house",
                "",
                "--style",
                "pop art",
                "--context",
                "calendar=2026-01-05",
                "--seed",
                "3",
                "--steps",
                "2",
                "--size",
                "64x64",
                "--out",
                "set");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(
                run.err().contains("Context calendar, 2026-01-05: \"snowy weather\" (calendar, confidence 1.00)."),
                run.err());
        assertTrue(run.out().contains("000.png  a house, pop art, snowy weather"), run.out());
        assertTrue(run.out().contains("001.png  pop art, snowy weather"), run.out());

        Path first = folder.resolve("first/set");
        Path again = server.generateAgain(folder.resolve("again"), first.resolve("set.json"));
        for (String file : List.of("000.png", "001.png", "contact-sheet.png", "set.json")) {
            assertEquals(-1, Files.mismatch(first.resolve(file), again.resolve(file)), file);
        }
    }

    @Test
    void refusesADayThatIsNoneBeforeAnythingIsGenerated() throws Exception {
        server.assertRefused(
                folder.resolve("refused"),
                "items: [a house]\ncontexts: [{kind: calendar, input: someday}]",
                "There is no day 'someday'; write 2026-11-21.");
    }

    @Test
    void findsFilesInTheFolderOfTheRequestOnly() throws Exception {
        Files.writeString(folder.resolve("secret.txt"), "a password");
        Path place = Files.createDirectories(folder.resolve("requested"));
        Files.writeString(place.resolve("mood.txt"), "foggy weather\n");
        String request = "items: [a house]\nsteps: 2\nwidth: 64\nheight: 64\ncontexts: [{kind: notes, input: %s}]\n";
        Files.writeString(place.resolve("inside.yaml"), request.formatted("mood.txt"));
        Files.writeString(place.resolve("outside.yaml"), request.formatted("../secret.txt"));

        Run inside = begin("elsewhere", "generate", "--request", "../requested/inside.yaml", "--out", "set");
        assertEquals(0, inside.exitCode(), inside.err());
        assertTrue(inside.err().contains("Context notes, mood.txt: \"foggy weather\" (notes)."), inside.err());
        String record = Files.readString(folder.resolve("elsewhere/set/set.json"));
        assertTrue(record.contains("\"input\": \"" + place.resolve("mood.txt") + "\""), record);

        Run outside = begin("elsewhere", "generate", "--request", "../requested/outside.yaml", "--dry-run");
        assertEquals(2, outside.exitCode(), outside.err());
        assertTrue(outside.err().contains("'../secret.txt' is outside the folder of the request"), outside.err());
    }

    @Test
    void generatesWithTheWeatherAndKeepsTheKeySecret() throws Exception {
        Path set = server.generate(folder.resolve("weather"), """
                items: [a house]
                contexts: [{kind: place, input: 'Bergen,NO'}]
                seed: 3
                steps: 2
                width: 64
                height: 64
                """);

        String record = Files.readString(set.resolve("set.json"));
        assertTrue(record.contains("\"a house, rainy weather\""), record);
        assertTrue(record.contains("\"origin\": \"OpenWeather\""), record);
        for (String file : List.of("set.json", "000.png", "contact-sheet.png")) {
            assertFalse(
                    Files.readString(set.resolve(file), StandardCharsets.ISO_8859_1)
                            .contains(KEY),
                    file);
        }
        String log = server.log();
        assertFalse(log.contains(KEY), log);
    }

    @Test
    void describesAll() throws Exception {
        Path place = Files.createDirectories(folder.resolve("described"));
        Files.writeString(place.resolve("mood.txt"), "foggy weather\n");
        Run run = begin(
                "described",
                "describe",
                "--place",
                "Bergen,NO",
                "--context",
                "calendar=2026-07-05",
                "--context",
                "notes=mood.txt");

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                List.of(
                        "place Bergen,NO: rainy weather",
                        "calendar 2026-07-05: sunny weather",
                        "notes " + place.resolve("mood.txt") + ": foggy weather"),
                run.out().lines().filter(line -> !line.startsWith(" ")).toList());
        assertFalse((run.out() + run.err()).contains(KEY), run.err());
    }

    private Run begin(String name, String... words) throws IOException {
        return distribution.begin(folder.resolve(name), words);
    }

    /** As somebody else would: compiled against {@code api} alone. */
    private void writePlugin(Path home, String name, String type) throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes-" + name));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String api = files(home.resolve("bundle/30")).stream()
                .map(Path::toString)
                .filter(file -> file.contains("org.atelier.api-"))
                .findFirst()
                .orElseThrow();
        String source =
                SOURCES.resolve("org/example/%s/%s.java".formatted(name, type)).toString();
        List<String> requested =
                List.of("--release", "17", "-proc:none", "-d", classes.toString(), "-classpath", api, source);
        assertEquals(0, compiler.run(null, null, null, requested.toArray(String[]::new)));
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "org.example." + name);
        headers.putValue("Import-Package", "org.atelier.api,org.atelier.api.context;version=\"[1,2)\"");
        String component = "OSGI-INF/%s.xml".formatted(name);
        String compiled = "org/example/%s/%s.class".formatted(name, type);
        headers.putValue("Service-Component", component);
        Path jar = home.resolve("bundle/30/org.example." + name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            add(out, SOURCES.resolve(component), component);
            add(out, classes.resolve(compiled), compiled);
        }
    }

    private static void add(JarOutputStream out, Path file, String name) throws IOException {
        out.putNextEntry(new JarEntry(name));
        Files.copy(file, out);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
