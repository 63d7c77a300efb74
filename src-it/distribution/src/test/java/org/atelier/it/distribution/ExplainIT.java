package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier explain}, as a user calls it, and its page in a browser. */
@Timeout(240)
@ExtendWith(SharedServer.class)
class ExplainIT {

    private static final int RECORDED_STEPS = 4;
    private static final int RECORDED_LAYERS = 2;
    private static final int BROWSER_SECONDS = 60;

    /** More colours than text and plots have. */
    private static final int MANY = 5000;

    @TempDir
    private static Path folder;

    private static Run run;

    @BeforeAll
    static void explain() throws IOException, InterruptedException {
        run = new AssembledDistribution()
                .begin(
                        folder.resolve("command"),
                        "explain",
                        "a house",
                        "a fish",
                        "--style",
                        "stained glass",
                        "--seed",
                        "7",
                        "--steps",
                        "4",
                        "--json",
                        "--out",
                        folder.resolve("method").toString());
        assertEquals(0, run.exitCode(), run.err());
    }

    @Test
    void writesASelfContainedPageWithEverySection() throws IOException {
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(7, json.get("seed").getAsInt());
        assertEquals(4, json.getAsJsonArray("sets").size());
        String html = Files.readString(Path.of(json.get("page").getAsString()));
        for (String section : List.of("steps", "adain", "attention", "components", "parts")) {
            assertTrue(html.contains("<h2 id=\"" + section + "\">"), section);
        }
        assertFalse(html.contains("://"), "nothing is loaded");
        assertTrue(html.length() < 10_000_000);
        try (Stream<Path> recordings = Files.list(Path.of(json.get("recording").getAsString()))) {
            assertEquals(2 * RECORDED_STEPS * RECORDED_LAYERS, recordings.count());
        }
    }

    @Test
    void recordsWithoutChangingTheImages(SetServer server) throws IOException, InterruptedException {
        server.generate(folder.resolve("set"), "items: [a house, a fish]\nstyle: stained glass\nseed: 7\nsteps: 4");
        for (String name : List.of("000.png", "001.png")) {
            BufferedImage expected =
                    ImageIO.read(folder.resolve("set").resolve(name).toFile());
            BufferedImage recorded = ImageIO.read(
                    folder.resolve("method/sets/method").resolve(name).toFile());
            for (int y = 0; y < expected.getHeight(); y++) {
                for (int x = 0; x < expected.getWidth(); x++) {
                    assertEquals(expected.getRGB(x, y), recorded.getRGB(x, y), name);
                }
            }
        }
    }

    @Test
    void opensInABrowserWithoutNetworkOrErrors() throws Exception {
        Optional<String> browser = browser();
        assumeTrue(
                browser.isPresent(),
                "No chromium, chromium-browser or google-chrome is on the PATH, so the page is not opened in a browser.");
        String page = folder.resolve("method/explanation.html").toUri().toString();
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("browser.log");
        Path screenshot = folder.resolve("page.png");

        open(browser.get(), dom, log, "--dump-dom", page);
        open(browser.get(), folder.resolve("none.txt"), log, "--screenshot=" + screenshot, page);

        String loaded = Files.readString(dom);
        assertTrue(loaded.contains("<h2 id=\"components\">"), loaded);
        assertFalse(Files.readString(log).contains("CONSOLE"), Files.readString(log));
        BufferedImage picture = ImageIO.read(screenshot.toFile());
        assertTrue(colours(picture) > MANY, "the page shows pictures");
    }

    private static long colours(BufferedImage picture) {
        return Arrays.stream(picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
                .distinct()
                .count();
    }

    private static Optional<String> browser() {
        List<String> found = new ArrayList<>();
        for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
            for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
                Path file = Path.of(directory, name);
                if (Files.isExecutable(file)) {
                    found.add(file.toString());
                }
            }
        }
        return found.stream().findFirst();
    }

    /** Runs the browser without any network. */
    private static void open(String browser, Path out, Path log, String action, String page) throws Exception {
        Process process = new ProcessBuilder(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--host-resolver-rules=MAP * ~NOTFOUND",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
                        "--window-size=1200,1600",
                        action,
                        page)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            assertTrue(process.waitFor(BROWSER_SECONDS, TimeUnit.SECONDS), "the browser did not end in time");
            assertEquals(0, process.exitValue(), Files.readString(log));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
