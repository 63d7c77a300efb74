package org.atelier.cli.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ServerPageTest {

    private static final String TOKEN = "0123456789abcdef&<\"+";
    private static final URI SERVER = URI.create("http://127.0.0.1:7860");

    @TempDir
    private Path data;

    private ServerPage page;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(data.resolve("token"), TOKEN + "\n");
        page = new ServerPage(SERVER, data);
    }

    /** The browser sees the name of the file, and its owner alone the token in it. */
    @Test
    void opensThePageThroughAPrivateFile() throws Exception {
        Browser browser = script("echo \"$@\" >arguments; stat -c %a \"$1\" >mode; cp \"$1\" seen");

        assertTrue(page.openIn(browser));

        assertEquals(data.resolve("open.html") + "\n", Files.readString(data.resolve("arguments")));
        assertEquals("600\n", Files.readString(data.resolve("mode")));
        String redirect = Files.readString(data.resolve("seen"));
        String address = "http://127.0.0.1:7860/#token=0123456789abcdef%26%3C%22%2B";
        assertTrue(redirect.contains("content=\"0; url=" + address + "\""), redirect);
        assertEquals(URI.create(address), page.authorisedAddress());
        assertEquals("http://127.0.0.1:7860/", page.address().toString());
        page.close();
        assertFalse(Files.exists(data.resolve("open.html")));
    }

    @Test
    void triesTheNextCommandAndLeavesNoFileIfNoneWorks() throws Exception {
        Browser failing = script("exit 3");
        Browser missing = new Browser(List.of(List.of(data.resolve("none").toString())));

        assertFalse(page.openIn(missing));
        assertFalse(page.openIn(failing));
        assertFalse(page.openIn(new Browser(List.of())));
        assertFalse(Files.exists(data.resolve("open.html")));
        assertTrue(page.openIn(new Browser(
                List.of(missing.commands().get(0), script("exit 0").commands().get(0)))));
    }

    @Test
    void knowsTheCommandOfEachSystem() {
        assertEquals(List.of(), Browser.of("Linux", Map.of("DISPLAY", "")).commands());
        assertEquals(
                List.of("xdg-open"),
                Browser.of("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"))
                        .commands()
                        .get(1));
        assertEquals(List.of(List.of("open")), Browser.of("Mac OS X", Map.of()).commands());
        assertEquals(
                "rundll32", Browser.of("Windows 11", Map.of()).commands().get(0).get(0));
    }

    private Browser script(String body) throws Exception {
        Path script = Files.writeString(data.resolve("browser.sh"), "cd '" + data + "'; " + body + "\n");
        return new Browser(List.of(List.of("sh", script.toString())));
    }
}
