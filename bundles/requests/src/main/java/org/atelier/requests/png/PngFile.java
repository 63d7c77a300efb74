package org.atelier.requests.png;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;

/** Writes PNG files with texts, and reads the pixels of such files. */
public final class PngFile {

    /** The keyword under which PNG keeps an XMP packet. */
    public static final String XMP = "XML:com.adobe.xmp";

    private static final String FORMAT = "javax_imageio_png_1.0";

    private PngFile() {}

    /**
     * Encodes an image with text chunks: tEXt for Latin-1, except for XMP; else iTXt in UTF-8.
     *
     * @return the bytes of the file; deterministic
     */
    public static byte[] encode(BufferedImage image, Map<String, String> texts) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            if (!texts.isEmpty()) {
                metadata.mergeTree(FORMAT, tree(texts));
            }
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, metadata));
        } catch (IOException e) {
            throw new UncheckedIOException("A PNG could not be encoded in memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The pixels of an image that {@link #encode} wrote. */
    public static BufferedImage pixels(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ImageIO.read(in);
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": " + IoErrors.of(e) + ".", e);
        }
    }

    private static IIOMetadataNode tree(Map<String, String> texts) {
        IIOMetadataNode latin = new IIOMetadataNode("tEXt");
        IIOMetadataNode international = new IIOMetadataNode("iTXt");
        texts.forEach((keyword, text) -> {
            boolean plain = !keyword.equals(XMP) && isLatin(text);
            (plain ? latin : international).appendChild(plain ? latinEntry(keyword, text) : entry(keyword, text));
        });
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        if (latin.hasChildNodes()) {
            root.appendChild(latin);
        }
        if (international.hasChildNodes()) {
            root.appendChild(international);
        }
        return root;
    }

    private static boolean isLatin(String text) {
        return StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
    }

    private static IIOMetadataNode latinEntry(String keyword, String text) {
        IIOMetadataNode node = new IIOMetadataNode("tEXtEntry");
        node.setAttribute("keyword", keyword);
        node.setAttribute("value", text);
        return node;
    }

    private static IIOMetadataNode entry(String keyword, String text) {
        IIOMetadataNode node = new IIOMetadataNode("iTXtEntry");
        node.setAttribute("keyword", keyword);
        node.setAttribute("compressionFlag", "FALSE");
        node.setAttribute("compressionMethod", "0");
        node.setAttribute("languageTag", "");
        node.setAttribute("translatedKeyword", "");
        node.setAttribute("text", text);
        return node;
    }
}
