package org.atelier.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.atelier.api.AtelierException;
import org.atelier.api.explain.Explainer;
import org.atelier.api.explain.Explanation;
import org.atelier.api.explain.ExplanationListener;
import org.atelier.api.explain.ExplanationRequest;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ExplanationPageTest {

    private static final String HOSTILE = "a <script>alert(\"1\")</script> & house";

    @TempDir
    private Path folder;

    private final FakeStudio studio = new FakeStudio();
    private final Told told = new Told();

    @Test
    void explainsASetInAValidSelfContainedPage() throws Exception {
        Explanation explanation = explain(
                SetRequest.builder().prompts(HOSTILE, "a fish").style("pop art").build());

        String html = Files.readString(explanation.page());
        assertSelfContained(html);
        assertEquals(List.of("steps", "adain", "attention", "components", "parts", "notes"), headings(html));
        assertFalse(html.contains("<script"), "prompts are escaped");
        assertFalse(html.contains("<toy>"), "notes are escaped");
        assertFalse(html.contains("<house>"), "labels of recordings are escaped");
        assertTrue(html.contains("atelier explain &lt;x&gt; --seed 5 --out again"), "the drawn seed is in the command");
        assertEquals(folder.resolve("out/" + Explainer.PAGE), explanation.page());
        assertEquals(4, explanation.sets().size());
        assertEquals(
                List.of("the explained set", "unaligned", "full attention sharing", "shared attention without AdaIN"),
                told.sets);
        assertEquals(List.of("This model is a <toy>."), told.notes, "each note once");
    }

    @Test
    void showsInversionAndBlendsOfReferences() throws Exception {
        ReferenceFile one = new ReferenceFile("/a.png", "a house", 1, null);
        ReferenceFile other = new ReferenceFile("/b.png", "a boat", 1, null);

        Explanation explanation = explain(
                SetRequest.builder().prompts("a fish").references(one, other).build());

        String html = Files.readString(explanation.page());
        assertSelfContained(html);
        assertEquals(
                List.of("steps", "adain", "attention", "components", "parts", "inversion", "blends", "notes"),
                headings(html));
        assertTrue(html.contains("a root-mean-square error of 40.0 of 255 levels"), "the images differ by 40 levels");
        SetRequest last = studio.generated.get(studio.generated.size() - 1);
        assertEquals(0.9, last.references().images().get(1).weight());
        SetRequest unaligned = studio.generated.get(1);
        assertTrue(unaligned.references().isEmpty());
        assertEquals(6L, unaligned.itemOf(0).seed(), "the noise of the image that follows the reference");
        SetRequest reconstruction = studio.generated.get(4);
        assertEquals(List.of("a house"), reconstruction.prompts());
        assertEquals(1, reconstruction.references().contents().size());
    }

    @Test
    void stopsWhenItIsCancelled() {
        told.cancelled = true;
        AtelierException fault = assertThrows(
                AtelierException.class,
                () -> explain(SetRequest.builder().prompts("a fish").build()));
        assertEquals(AtelierException.Code.CANCELLED, fault.code());
        assertFalse(Files.exists(folder.resolve("out").resolve(Explainer.PAGE)));
    }

    @Test
    void refusesRecordingsOfAnotherVersion() throws Exception {
        Path file = folder.resolve("image.safetensors");
        RecordingFile.writeVersion(file, "2");
        assertEquals(
                file + " is not a recording of attention in version 1; record it again.",
                assertThrows(AtelierException.class, () -> Recording.open(file)).getMessage());
    }

    @Test
    void readsHalfPrecision() {
        assertEquals(1f, Recording.single((short) 0x3c00));
        assertEquals(-2f, Recording.single((short) 0xc000));
        assertEquals(65504f, Recording.single((short) 0x7bff));
        assertEquals(0f, Recording.single((short) 0));
    }

    private Explanation explain(SetRequest set) {
        return new SetExplainer(studio, "1.2.3")
                .explain(
                        new ExplanationRequest(set, List.of(), List.of(), "atelier explain <x>"),
                        folder.resolve("out"),
                        told);
    }

    /** Loads nothing, is small, and nests its elements. */
    private static void assertSelfContained(String html) throws Exception {
        assertFalse(Pattern.compile("(?i)(src|href|url)\\s*[=(]\\s*[\"']?(?!data:|#|\"#)[a-z/]")
                .matcher(html)
                .find());
        assertFalse(Pattern.compile("(?i)<(script|link|iframe|object|embed|base)\\b")
                .matcher(html)
                .find());
        assertFalse(html.contains("://"));
        assertTrue(html.length() < 10_000_000);
        Document document = parsed(html);
        NodeList images = document.getElementsByTagName("img");
        assertTrue(images.getLength() > 10);
        for (int i = 0; i < images.getLength(); i++) {
            Element image = (Element) images.item(i);
            assertFalse(image.getAttribute("alt").isBlank());
            assertTrue(image.getAttribute("src").startsWith("data:image/"));
        }
    }

    /** As XML, with the void elements closed. */
    private static Document parsed(String html) throws Exception {
        String xml = html.replaceFirst("<!DOCTYPE html>", "").replaceAll("<(meta|img)\\b([^>]*)>", "<$1$2/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> headings(String html) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = Pattern.compile("<h2 id=\"(\\w+)\"").matcher(html);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    private static final class Told implements ExplanationListener {

        private final List<String> sets = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private boolean cancelled;

        @Override
        public void setStarted(String title, int number, int total) {
            sets.add(title);
        }

        @Override
        public void noted(String sentence) {
            notes.add(sentence);
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }
}
