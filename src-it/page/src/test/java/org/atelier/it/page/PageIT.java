package org.atelier.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser, with the server of the distribution. All tests share one server and one browser. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageIT {

    private static final String READY = "document.documentElement.dataset.ready === 'true'";

    private Browser browser;
    private ServedPage server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        browser = Browser.start();
        server = ServedPage.start(folder);
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        browser.open(URI.create(server.address() + "/#token=" + server.token()));
        browser.until(READY);
    }

    /** No fault on the console, no violation of the policy, and nothing asked of another host. */
    @AfterEach
    void check() {
        List<String> complaints = browser.complaints();
        List<String> outside = browser.requested()
                .filter(url -> !url.startsWith(server.address() + "/"))
                .filter(url -> !url.matches("(blob:|data:|about:).*"))
                .toList();
        browser.forget();
        assertEquals(List.of(), complaints);
        assertEquals(List.of(), outside);
    }

    @Test
    void takesTheTokenFromTheAddressOrAsksForIt() throws Exception {
        assertEquals(server.address() + "/", browser.run("return location.href"));

        browser.run("sessionStorage.clear()");
        browser.open(server.address());
        browser.until("document.getElementById('token-dialog').open");
        browser.find("#token").sendKeys(server.token(), Keys.ENTER);
        browser.until(READY);
        assertFalse(browser.find("#token-dialog").isDisplayed());
    }

    @Test
    void generatesASetWithTheKeyboardAlone() throws Exception {
        tabTo("document.activeElement.matches('.prompt textarea')");
        browser.type("a house", Keys.ENTER);
        browser.type("a fish");
        tabTo("document.activeElement.id === 'style'");
        browser.type("stained glass");
        browser.run("document.getElementById('steps').value = '4';"
                + "document.getElementById('steps').dispatchEvent(new Event('input'))");
        browser.pressWithControl(Keys.ENTER);

        browser.until("document.querySelectorAll('.cell').length === 2");
        browser.run("""
                window.shift = 0;
                const inSheet = ({ node }) => document.getElementById('sheet').contains(node);
                new PerformanceObserver((list) => list.getEntries().filter((entry) => entry.sources.some(inSheet))
                    .forEach((entry) => { window.shift += entry.value; })).observe({ type: 'layout-shift' });
                """);
        awaitImages(2);
        JsonObject set = last();
        assertEquals("completed", set.get("status").getAsString());
        assertEquals("stained glass", request(set).get("style").getAsString());
        assertEquals("a fish", prompt(set, 1));
        assertEquals(128L, browser.run("return document.querySelector('.cell img').naturalWidth"));
        assertEquals("Image 2: a fish", browser.all(".cell button").get(1).getDomAttribute("aria-label"));
        assertEquals(
                true,
                browser.run("return window.shift === 0"),
                () -> "layout shift: " + browser.run("return window.shift"));
    }

    @Test
    void splitsPastedLinesAndMovesPrompts() {
        browser.run("""
                const paste = new ClipboardEvent('paste', { clipboardData: new DataTransfer(), cancelable: true });
                paste.clipboardData.setData('text/plain', 'a cat\\n\\n  a bird \\r\\na star');
                document.querySelector('.prompt textarea').dispatchEvent(paste);
                """);
        assertEquals(List.of("a cat", "a bird", "a star"), prompts());

        browser.type(Keys.chord(Keys.ALT, Keys.ARROW_UP));
        assertEquals(List.of("a cat", "a star", "a bird"), prompts());
        browser.find(".prompt textarea").click();
        browser.click("Move down prompt 1");
        assertEquals(List.of("a star", "a cat", "a bird"), prompts());
        browser.click("Remove prompt 2");
        assertEquals(List.of("a star", "a bird"), prompts());
    }

    @Test
    void cancelsASetAndResumesIt() throws Exception {
        submit("{\"prompts\": [\"a cup\", \"a boat\"], \"style\": \"pop art\", \"steps\": 30, \"seed\": 7}");
        browser.until("document.getElementById('set-bar').value > 0");
        browser.click("Cancel");
        browser.until("document.getElementById('set-view').dataset.status === 'cancelled'");
        assertEquals("cancelled", last().get("status").getAsString());

        browser.click("Resume");
        awaitImages(2);
        assertEquals("completed", last().get("status").getAsString());
        assertEquals(2, last().get("attempts").getAsInt());
    }

    @Test
    void redrawsOneImageAndLeavesTheOthers() throws Exception {
        submit("{\"prompts\": [\"a cup\", \"a boat\"], \"style\": \"pop art\", \"steps\": 3, \"seed\": 7}");
        awaitImages(2);
        String first = sha256(0);
        String second = sha256(1);

        browser.all(".cell button").get(1).click();
        browser.until("document.getElementById('member').open");
        WebElement seed = browser.find("#member-seed");
        seed.clear();
        seed.sendKeys("99", Keys.ENTER);
        browser.until("document.querySelectorAll('.cell')[1].dataset.sha256 !== '" + second + "'"
                + " && document.querySelectorAll('.cell')[1].getAttribute('aria-busy') === 'false'");

        assertEquals(first, sha256(0));
        assertNotEquals(second, sha256(1));
        assertEquals(
                99,
                request(last())
                        .getAsJsonArray("items")
                        .get(1)
                        .getAsJsonObject()
                        .get("seed")
                        .getAsInt());
        assertTrue(last().get("client").getAsString().startsWith("redraw "));

        browser.find(".menu summary").click();
        browser.click("Keep the style…");
        browser.find("#card-name").sendKeys("pop", Keys.ENTER);
        browser.until("[...document.getElementById('card').options].some((option) => option.text === 'pop')");
    }

    /** The server tells the page, which reads the list for each change and at no other time. */
    @Test
    void showsTheSetsOfOtherClientsByAnEvent() throws Exception {
        String readings = "performance.getEntriesByName(location.origin + '/v1/sets').length";
        browser.until(readings + " >= 2"); // when the page opens, and for the first event
        browser.run("performance.clearResourceTimings()");

        String id = server.submit("{\"items\": [\"a lantern\"], \"steps\": 2}");

        browser.until("document.querySelector('#history [data-id=\"" + id + "\"][data-status=completed]') !== null");
        assertEquals(true, browser.run("return " + readings + " <= 3")); // submitted, started, completed
    }

    @Test
    void usesAPluginThatIsDeployedWhileThePageIsOpen(@TempDir Path work) throws Exception {
        String option = "document.querySelector('#attention option[value=leaving-out]')";
        assertEquals(true, browser.run("return " + option + " === null"));

        server.deployPlugin(work);
        browser.until(option + " !== null");
        browser.find("#sharing-part summary").click();
        browser.find("#attention").sendKeys("leaving-out");
        browser.until("document.querySelector('#attention-options input') !== null");
        browser.run("const word = document.querySelector('#attention-options input'); word.value = 'cup';"
                + "word.dispatchEvent(new Event('change'))");
        enter("{\"prompts\": [\"a cup\", \"a star\"], \"style\": \"pop art\", \"steps\": 2}");
        browser.find("#generate").click();

        awaitImages(2);
        assertEquals("leaving-out", request(last()).get("attention").getAsString());
        assertEquals(
                "cup",
                request(last()).getAsJsonObject("attention_options").get("word").getAsString());
    }

    @Test
    void takesReferencesControlsAndRecordings() {
        String picture = System.getProperty("atelier.root") + "/docs/images/first-set.png";
        browser.find("#references-drop + input").sendKeys(picture);
        browser.until("document.querySelectorAll('#references .file').length === 1");

        browser.find("#controls-part summary").click();
        browser.find("#controls-drop + input").sendKeys(picture);
        browser.until("document.querySelector('#controls .preview')?.naturalWidth > 0");

        browser.find("#contexts-part summary").click();
        browser.click("Record a voice");
        browser.until("document.querySelector('.record').getAttribute('aria-pressed') === 'true'");
        browser.click("Stop recording");
        browser.until("document.querySelectorAll('#contexts .file').length === 1");
        assertEquals("Recording 1", browser.find("#contexts .file-name").getText());
    }

    @Test
    void fitsAPhone() {
        browser.resize(360, 740);
        try {
            browser.run("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
            enter("{\"prompts\": [\"" + "a very long prompt ".repeat(10) + "\", \"" + "x".repeat(200) + "\"]}");
            assertEquals(true, browser.run("return document.documentElement.scrollWidth <= innerWidth"));
            for (WebElement button : browser.all("#composer .primary, #composer textarea")) {
                assertTrue(button.getRect().getX() >= 0
                        && button.getRect().getX() + button.getRect().getWidth() <= 360);
            }
        } finally {
            browser.resize(0, 0);
        }
    }

    @Test
    void everyFieldAndButtonHasAName() {
        browser.run("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
        assertEquals(List.of(), browser.run("""
                        const named = (e) => e.getAttribute('aria-label') || e.labels?.length > 0 || e.textContent.trim() !== '';
                        return [...document.querySelectorAll('button, input:not([type=file]), select, textarea')]
                            .filter((e) => e.checkVisibility() && !(e.matches('button') ? named(e) : e.getAttribute('aria-label') || e.labels.length > 0))
                            .map((e) => e.outerHTML);
                        """));
    }

    @Test
    void refusesOtherOrigins() throws Exception {
        int before = server.sets().size();
        HttpServer foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        foreign.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        foreign.start();
        try {
            browser.open(URI.create(
                    "http://foreign.localhost:" + foreign.getAddress().getPort() + "/"));
            String read = "fetch('" + server.address() + "/v1/sets', { headers: { Authorization: 'Bearer "
                    + server.token() + "' } }).then(() => 'read')";
            assertTrue(browser.await(read).toString().contains("Failed to fetch"));
            browser.await("fetch('" + server.address()
                    + "/v1/sets', { method: 'POST', mode: 'no-cors', body: 'items: [a cat]' }).then(() => 'sent')");
            assertEquals(before, server.sets().size());
        } finally {
            foreign.stop(0);
            browser.clearLogs();
            browser.open(server.address());
        }
        assertTrue(statusOf("Host: foreign.example").startsWith("HTTP/1.1 403 "));
    }

    /** What the server answers to a request for the page with a header of its own. */
    private String statusOf(String host) throws IOException {
        URI address = server.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void tabTo(String condition) {
        for (int press = 0; press < 60; press++) {
            if (Boolean.TRUE.equals(browser.run("return " + condition))) {
                return;
            }
            browser.type(Keys.TAB);
        }
        throw new AssertionError("Tab does not lead to: " + condition);
    }

    /** Puts values into the form, as "Use these settings" does. */
    private void enter(String draft) {
        browser.await(
                "import('/page/app.js').then(({ store }) => store.replace({ ...store.draft, ..." + draft + " }))");
    }

    private void submit(String draft) {
        enter(draft);
        browser.find("#generate").click();
    }

    private void awaitImages(int count) {
        browser.until("document.getElementById('set-view').dataset.status === 'completed'"
                + " && document.querySelectorAll('.cell[data-state=done]').length === " + count);
    }

    private String sha256(int index) {
        return browser.all(".cell").get(index).getDomAttribute("data-sha256");
    }

    @SuppressWarnings("unchecked")
    private List<String> prompts() {
        return (List<String>)
                browser.run("return [...document.querySelectorAll('.prompt textarea')].map((input) => input.value)");
    }

    private JsonObject last() throws Exception {
        List<JsonObject> sets = server.sets();
        return sets.get(sets.size() - 1);
    }

    private static JsonObject request(JsonObject set) {
        return set.getAsJsonObject("request");
    }

    private static String prompt(JsonObject set, int index) {
        return request(set)
                .getAsJsonArray("items")
                .get(index)
                .getAsJsonObject()
                .get("prompt")
                .getAsString();
    }
}
