package org.atelier.requests.png;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.pictures.EmbeddedMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies written files chunk by chunk as the PNG specification defines, and with the JDK. */
class PngFileTest {

    private static final String WIDE = "a castle at 東京\n🏰";

    @TempDir
    private Path folder;

    /** @param data the bytes as Latin-1 characters */
    private record Chunk(String type, String data) {}

    @Test
    void writesLatin1AsTextAndOtherTextAsInternationalText() {
        List<Chunk> chunks = chunks(PngFile.encode(image(), Map.of("latin", "Müller\nline", "wide", WIDE)));

        assertEquals(
                List.of("IHDR", "tEXt", "iTXt", "IDAT", "IEND"),
                chunks.stream().map(Chunk::type).distinct().toList());
        assertEquals("latin\0Müller\nline", data(chunks, "tEXt"));
        assertEquals("wide\0\0\0\0\0" + WIDE, utf8(data(chunks, "iTXt")));
    }

    @Test
    void writesXmpAsUncompressedInternationalText() {
        List<Chunk> chunks = chunks(PngFile.encode(image(), Map.of(PngFile.XMP, "<x/>")));

        assertEquals("XML:com.adobe.xmp\0\0\0\0\0<x/>", utf8(data(chunks, "iTXt")));
    }

    @Test
    void writesNoTextChunksWithoutTexts() {
        assertEquals(
                List.of("IHDR", "IDAT", "IEND"),
                chunks(PngFile.encode(image(), Map.of())).stream()
                        .map(Chunk::type)
                        .toList());
    }

    @Test
    void keepsEveryPixelAndIsDeterministic() throws IOException {
        BufferedImage image = image();

        byte[] bytes = PngFile.encode(image, Map.of("a", "b"));

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes));
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                assertEquals(image.getRGB(x, y), read.getRGB(x, y));
            }
        }
        assertArrayEquals(bytes, PngFile.encode(image, Map.of("a", "b")));
    }

    @Test
    void readsSizeAndTextsBack() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("parameters", "a house\nSteps: 50");
        texts.put("wide", WIDE);
        Path file = Files.write(folder.resolve("a.png"), PngFile.encode(image(), texts));

        assertEquals(new EmbeddedMetadata(5, 3, texts), EmbeddedMetadata.read(file));
    }

    @Test
    void rejectsATruncatedFile() throws IOException {
        byte[] whole = PngFile.encode(image(), Map.of("a", "b"));
        Path file = Files.write(folder.resolve("a.png"), Arrays.copyOf(whole, 40));

        AtelierException fault = assertThrows(AtelierException.class, () -> EmbeddedMetadata.read(file));

        assertEquals(AtelierException.Code.INPUT_UNREADABLE, fault.code());
        assertEquals(file + ": a damaged PNG image.", fault.getMessage());
    }

    @Test
    void rejectsOtherFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), "GIF89a");

        AtelierException fault = assertThrows(AtelierException.class, () -> EmbeddedMetadata.read(file));

        assertEquals(file + ": not a PNG, JPEG or WebP image.", fault.getMessage());
    }

    private static BufferedImage image() {
        BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 15; i++) {
            image.setRGB(i % 5, i / 5, i * 0x0f1e07);
        }
        return image;
    }

    private static String utf8(String data) {
        return new String(data.getBytes(ISO_8859_1), UTF_8);
    }

    private static String data(List<Chunk> chunks, String type) {
        return chunks.stream()
                .filter(chunk -> chunk.type().equals(type))
                .findFirst()
                .orElseThrow()
                .data();
    }

    private static List<Chunk> chunks(byte[] png) {
        ByteBuffer bytes = ByteBuffer.wrap(png);
        assertEquals(0x89504e470d0a1a0aL, bytes.getLong());
        List<Chunk> chunks = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] data = new byte[bytes.getInt()];
            byte[] type = new byte[4];
            bytes.get(type).get(data);
            CRC32 check = new CRC32();
            check.update(type);
            check.update(data);
            assertEquals((int) check.getValue(), bytes.getInt());
            chunks.add(new Chunk(new String(type, ISO_8859_1), new String(data, ISO_8859_1)));
        }
        assertTrue(chunks.get(chunks.size() - 1).type().equals("IEND"));
        return chunks;
    }
}
