package org.atelier.web.sets;

import com.google.gson.JsonObject;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.atelier.api.set.Preview;

/** Encodes previews as small JPEG images. Limits their rate, since each costs as much as decoding a finished image. */
public final class PreviewImages {

    /** The longer side of a preview, in pixels. */
    public static final int MAX_PIXELS = 256;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private long next = System.nanoTime();

    /** Returns the preview; empty if the last one was less than a second ago. */
    public Optional<JsonObject> of(Preview preview) {
        if (System.nanoTime() - next < 0) {
            return Optional.empty();
        }
        JsonObject json = new JsonObject();
        json.addProperty("index", preview.image());
        json.addProperty("step", preview.step());
        json.addProperty("steps", preview.steps());
        json.addProperty("type", "image/jpeg");
        json.addProperty(
                "base64",
                Base64.getEncoder().encodeToString(jpeg(preview.decoder().get())));
        next = System.nanoTime() + INTERVAL.toNanos();
        return Optional.of(json);
    }

    private static byte[] jpeg(BufferedImage image) {
        double scale = Math.min(1.0, (double) MAX_PIXELS / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(small, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
