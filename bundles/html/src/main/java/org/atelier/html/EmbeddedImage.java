package org.atelier.html;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;

/** Images as data URIs; large images are scaled down. */
public final class EmbeddedImage {

    /** The size of an image in a page on a high-resolution screen. */
    private static final int MAX_SIDE = 320;

    private EmbeddedImage() {}

    /**
     * Embeds an image file that was generated: a small one as it is.
     *
     * @throws AtelierException if it cannot be read
     */
    public static String of(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            return Math.max(image.getWidth(), image.getHeight()) <= MAX_SIDE
                    ? uri("png", Files.readAllBytes(file))
                    : jpeg(image, MAX_SIDE);
        } catch (IOException e) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, "%s was generated but cannot be read: %s.".formatted(file, IoErrors.of(e)), e);
        }
    }

    /**
     * Embeds an image as JPEG.
     *
     * @param maxSide a longer side is scaled down to it
     */
    public static String jpeg(BufferedImage image, int maxSide) {
        return uri("jpeg", encoded(reduced(image, maxSide), "jpeg"));
    }

    /** Embeds an image as PNG, of its own size. */
    public static String png(BufferedImage image) {
        return uri("png", encoded(image, "png"));
    }

    private static BufferedImage reduced(BufferedImage image, int maxSide) {
        double factor = Math.min(1, (double) maxSide / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        BufferedImage reduced = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = reduced.createGraphics();
        try {
            pen.drawImage(image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        } finally {
            pen.dispose();
        }
        return reduced;
    }

    private static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String uri(String type, byte[] content) {
        return "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }
}
