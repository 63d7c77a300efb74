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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The size and text chunks of a PNG.
 *
 * @param width pixels
 * @param height pixels
 * @param texts by keyword, in the order of the file's kinds: tEXt, zTXt, iTXt
 */
public record PngFile(int width, int height, Map<String, String> texts) {

    /** The keyword under which PNG keeps an XMP packet. */
    public static final String XMP = "XML:com.adobe.xmp";

    private static final String FORMAT = "javax_imageio_png_1.0";
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("89504e470d0a1a0a");

    /** Whether the file starts with the PNG signature; false if it cannot be read. */
    public static boolean isPng(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE);
        } catch (IOException e) {
            return false;
        }
    }

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

    /**
     * Reads the size and texts without the pixels.
     *
     * @throws AtelierException if the file is not a readable PNG
     */
    public static PngFile read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": no such file, or it cannot be read.");
        }
        if (!isPng(file)) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": not a PNG image.");
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in, true, false);
            Element tree = (Element) reader.getImageMetadata(0).getAsTree(FORMAT);
            return new PngFile(reader.getWidth(0), reader.getHeight(0), texts(tree));
        } catch (IIOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": a damaged PNG image.", e);
        } catch (IOException e) {
            throw new AtelierException(INPUT_UNREADABLE, file + ": " + IoErrors.of(e) + ".", e);
        } catch (OutOfMemoryError e) {
            // A text may be compressed by a factor of a thousand.
            throw new AtelierException(INPUT_UNREADABLE, file + ": its texts are too large to read.", e);
        } finally {
            reader.dispose();
        }
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

    private static Map<String, String> texts(Element tree) {
        Map<String, String> texts = new LinkedHashMap<>();
        collect(tree, "tEXtEntry", "value", texts);
        collect(tree, "zTXtEntry", "text", texts);
        collect(tree, "iTXtEntry", "text", texts);
        return texts;
    }

    private static void collect(Element tree, String entries, String attribute, Map<String, String> texts) {
        NodeList nodes = tree.getElementsByTagName(entries);
        for (int i = 0; i < nodes.getLength(); i++) {
            Element entry = (Element) nodes.item(i);
            texts.putIfAbsent(entry.getAttribute("keyword"), entry.getAttribute(attribute));
        }
    }
}
