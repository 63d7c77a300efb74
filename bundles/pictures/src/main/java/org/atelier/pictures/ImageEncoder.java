package org.atelier.pictures;

import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.atelier.pictures.container.ImageKind;

/** Encodes images without metadata: PNG and JPEG with Java ImageIO, WebP with libwebp. */
public final class ImageEncoder {

    private ImageEncoder() {}

    /**
     * Encodes an image.
     *
     * @param image opaque red-green-blue
     * @param quality of JPEG and lossy WebP, from 0 to 100; no effect on PNG
     * @return the content of a file
     * @throws org.atelier.api.AtelierException {@code INPUT_UNREADABLE} if libwebp cannot be loaded
     */
    public static byte[] encode(BufferedImage image, ImageKind kind, int quality) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            switch (kind) {
                case PNG -> write(image, writer("png"), null, bytes);
                case JPEG -> writeJpeg(image, quality, bytes);
                case WEBP -> Libwebp.call(() -> writeWebp(image, quality, bytes));
            }
        } catch (IOException e) {
            throw new IllegalStateException("An image of the required colour model cannot be encoded as " + kind, e);
        }
        return bytes.toByteArray();
    }

    private static void writeJpeg(BufferedImage image, int quality, ByteArrayOutputStream bytes) throws IOException {
        ImageWriter writer = writer("jpeg");
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality / 100f);
        write(image, writer, settings, bytes);
    }

    private static Void writeWebp(BufferedImage image, int quality, ByteArrayOutputStream bytes) throws IOException {
        WebPWriteParam settings = new WebPWriteParam(Locale.ROOT);
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionType("Lossy");
        settings.setCompressionQuality(quality / 100f);
        write(image, new WebPImageWriterSpi().createWriterInstance(null), settings, bytes);
        return null;
    }

    private static void write(
            BufferedImage image, ImageWriter writer, ImageWriteParam settings, ByteArrayOutputStream bytes)
            throws IOException {
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
    }

    private static ImageWriter writer(String format) {
        return ImageIO.getImageWritersByFormatName(format).next();
    }
}
