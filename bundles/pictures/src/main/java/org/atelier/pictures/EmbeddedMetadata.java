package org.atelier.pictures;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.files.RegularFile;
import org.atelier.pictures.container.ImageKind;

/**
 * Size and texts of a PNG, JPEG or WebP image.
 *
 * @param width pixels
 * @param height pixels
 * @param texts by keyword, in the order of the file: the text chunks of PNG, {@code comment}, the XMP packet and the texts
 *     of EXIF such as {@code EXIF UserComment}; a keyword that occurs again has its number behind it, {@code parameters (2)}
 */
public record EmbeddedMetadata(int width, int height, Map<String, String> texts) {

    /** The keyword of an XMP packet, as PNG has it. */
    public static final String XMP = "XML:com.adobe.xmp";

    /** The keyword of the comment that EXIF holds. */
    public static final String USER_COMMENT = "EXIF UserComment";

    private static final long MOST_BYTES = 256L << 20;

    /** Whether a file begins as an image does; one that cannot be read does not. */
    public static boolean isIn(Path file) {
        try {
            return ImageKind.of(RegularFile.head(file, ImageKind.HEAD)).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads size and texts, no pixels.
     *
     * @throws AtelierException INPUT_UNREADABLE if the file is not an image that can be read
     */
    public static EmbeddedMetadata read(Path file) {
        try {
            byte[] content = RegularFile.read(file, MOST_BYTES);
            ImageKind kind =
                    ImageKind.of(content).orElseThrow(() -> unreadable(file, "not a PNG, JPEG or WebP image", null));
            return read(file, content, kind);
        } catch (IOException e) {
            throw unreadable(file, IoErrors.of(e), e);
        }
    }

    private static EmbeddedMetadata read(Path file, byte[] content, ImageKind kind) {
        try {
            Dimension size = ImageDecoder.of(kind, content).size();
            return new EmbeddedMetadata(size.width, size.height, EmbeddedTexts.of(content, kind));
        } catch (AtelierException e) {
            throw new AtelierException(e.code(), file + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, "a damaged " + kind + " image", e);
        } catch (OutOfMemoryError e) {
            throw unreadable(file, "its texts are too large to read", e);
        }
    }

    private static AtelierException unreadable(Path file, String why, Throwable cause) {
        return new AtelierException(INPUT_UNREADABLE, file + ": " + why + ".", cause);
    }
}
