package org.atelier.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.atelier.api.metadata.ImageOrigin;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetRequest;
import org.atelier.requests.png.PngFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ImageMetadataTest {

    private static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a house", "a fish")
            .style("pop art")
            .negativePrompt("fog")
            .seed(41L)
            .steps(50)
            .cfgScale(7.5)
            .sampler("dpm++2m")
            .width(128)
            .height(64)
            .chunk(2)
            .dtype("float32")
            .device("cpu")
            .build();

    private final ImageMetadata texts = new ImageMetadata("0.1.0");

    @Test
    void writesParametersAsStableDiffusionWebuiDoes() {
        assertEquals("""
                a fish, pop art
                Negative prompt: fog
                Steps: 50, Sampler: DPM++ 2M, CFG scale: 7.5, Seed: 42, Size: 128x64, Model: sketchbook, \
                Version: Atelier 0.1.0""", texts.of(REQUEST, 1).get("parameters"));
    }

    @Test
    void writesNumbersIndependentlyOfTheLocale() {
        Locale own = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertTrue(texts.of(REQUEST, 1).get("parameters").contains("CFG scale: 7.5, Seed: 42, Size: 128x64"));
        } finally {
            Locale.setDefault(own);
        }
    }

    @Test
    void omitsAnEmptyNegativePromptAndQuotesSeparators() {
        SetRequest request = REQUEST.toBuilder()
                .negativePrompt(null)
                .model("/models/one, two")
                .cfgScale(5)
                .build();

        assertEquals("""
                a house, pop art
                Steps: 50, Sampler: DPM++ 2M, CFG scale: 5, Seed: 41, Size: 128x64, Model: "one, two", \
                Version: Atelier 0.1.0""", texts.of(request, 0).get("parameters"));
    }

    @Test
    void declaresThatATrainedModelMadeTheImage() throws Exception {
        String packet = texts.of(REQUEST, 0).get(PngFile.XMP);

        DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
        documents.setNamespaceAware(true);
        Document xmp =
                documents.newDocumentBuilder().parse(new ByteArrayInputStream(packet.getBytes(StandardCharsets.UTF_8)));

        assertEquals(
                "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
                xmp.getElementsByTagNameNS("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "DigitalSourceType")
                        .item(0)
                        .getTextContent());
    }

    @Test
    void readsTheOriginOfAnImage(@TempDir Path folder) throws Exception {
        Map<String, String> written = texts.of(REQUEST, 1);
        Path file = Files.write(
                folder.resolve("001.png"),
                PngFile.encode(new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB), written));

        assertEquals(
                new ImageOrigin(4, 2, 1, null, REQUEST, null, written), new EmbeddedRequestInspector().inspect(file));
    }

    @Test
    void readsTheReferenceOfAReconstruction(@TempDir Path folder) throws Exception {
        SetRequest request = REQUEST.toBuilder()
                .references(new ReferenceFile("/a.png", "a", .5, null), new ReferenceFile("/b.png", "b", .5, null))
                .build();
        Map<String, String> written = texts.ofReconstruction(request, 1);
        Path file = Files.write(
                folder.resolve("000-b.png"),
                PngFile.encode(new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB), written));

        ImageOrigin origin = new EmbeddedRequestInspector().inspect(file);

        assertEquals(0, origin.index());
        assertEquals(1, origin.reference());
        assertFalse(written.containsKey("parameters"));
    }
}
