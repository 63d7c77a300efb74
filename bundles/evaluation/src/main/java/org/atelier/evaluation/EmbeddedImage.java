package org.atelier.evaluation;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;

/** An image as a data URI; large images are scaled down. */
final class EmbeddedImage {

    /** The size of an image in the report on a high-resolution screen. */
    private static final int MAX_SIDE = 320;

    private EmbeddedImage() {}

    static String of(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            int longer = Math.max(image.getWidth(), image.getHeight());
            return longer <= MAX_SIDE
                    ? uri("png", Files.readAllBytes(file))
                    : uri("jpeg", jpeg(reduced(image, (double) MAX_SIDE / longer)));
        } catch (IOException e) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, "%s was generated but cannot be read: %s.".formatted(file, e), e);
        }
    }

    private static BufferedImage reduced(BufferedImage image, double factor) {
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

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }

    private static String uri(String type, byte[] content) {
        return "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }
}
