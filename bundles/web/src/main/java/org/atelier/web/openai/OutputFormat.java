package org.atelier.web.openai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.atelier.pictures.ImageEncoder;
import org.atelier.pictures.SourceImage;
import org.atelier.pictures.container.ImageKind;

/**
 * The format in which images are returned.
 *
 * @param kind PNG as the set has it, with its metadata; JPEG and WebP have none
 * @param quality of JPEG and WebP, 0 to 100
 */
record OutputFormat(ImageKind kind, int quality) {

    private static final int BEST = 100;

    /** @throws org.atelier.web.http.ApiError if the format is not supported */
    static OutputFormat of(CallParameters parameters) {
        String name = parameters.text("output_format").orElse("png").toLowerCase(Locale.ROOT);
        int quality = parameters.integer("output_compression", 0, BEST).orElse(BEST);
        return switch (name) {
            case "png" -> new OutputFormat(ImageKind.PNG, quality);
            case "jpeg", "jpg" -> new OutputFormat(ImageKind.JPEG, quality);
            case "webp" -> new OutputFormat(ImageKind.WEBP, quality);
            default -> throw CallParameters.invalid("output_format", "must be png, jpeg or webp");
        };
    }

    /** Returns the name of the format, such as {@code png}. */
    String text() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns an image of a set in this format. */
    byte[] encoded(Path image) {
        if (kind == ImageKind.PNG) {
            try {
                return Files.readAllBytes(image);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ImageEncoder.encode(SourceImage.open(image).upright(), kind, quality);
    }
}
