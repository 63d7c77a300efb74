package org.atelier.pictures;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.files.RegularFile;
import org.atelier.pictures.container.ImageKind;

/**
 * An image file of a user: PNG, JPEG or WebP with any colour model and orientation. Its dimensions are checked against
 * decompression bombs before any pixel is decoded.
 */
public final class SourceImage {

    private static final long MAX_BYTES = 256L << 20;

    /** More than cameras have. A decoded image of this size takes half a gigabyte. */
    private static final long MAX_PIXELS = 64_000_000;

    private static final int MAX_RATIO = 32;

    private final Path file;
    private final byte[] content;
    private final ImageKind kind;
    private final ImageDecoder decoder;

    private SourceImage(Path file, byte[] content, ImageKind kind) {
        this.file = file;
        this.content = content;
        this.kind = kind;
        this.decoder = ImageDecoder.of(kind, content);
    }

    /**
     * Reads a file without decoding pixels.
     *
     * @throws AtelierException INPUT_UNREADABLE if it is not a valid image, or a decompression bomb
     */
    public static SourceImage open(Path file) {
        return open(file, file);
    }

    /**
     * As {@link #open(Path)}, from a copy of the file.
     *
     * @param file file name for error messages
     * @param copy file that is read
     */
    public static SourceImage open(Path file, Path copy) {
        byte[] content = content(file, copy);
        ImageKind kind =
                ImageKind.of(content).orElseThrow(() -> unreadable(file, "not a PNG, JPEG or WebP image", null));
        SourceImage image = new SourceImage(file, content, kind);
        image.rejectBomb();
        return image;
    }

    /** Decodes the image upright, in sRGB and in its own size; transparent pixels are composited on white. */
    public BufferedImage upright() {
        BufferedImage colours = OpaqueColours.of(decoded(decoder::decode));
        return ExifOrientation.upright(colours, content, kind);
    }

    /**
     * Decodes the transparency of the image, upright and in its own size: white where it is transparent, black where it is
     * opaque. Empty if the image cannot have transparent pixels.
     */
    public Optional<BufferedImage> transparency() {
        BufferedImage image = decoded(decoder::decode);
        if (!image.getColorModel().hasAlpha()) {
            return Optional.empty();
        }
        int width = image.getWidth();
        BufferedImage levels = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            int[] row = image.getRGB(0, y, width, 1, null, 0, width);
            for (int x = 0; x < width; x++) {
                int level = 255 - (row[x] >>> 24);
                row[x] = level << 16 | level << 8 | level;
            }
            levels.setRGB(0, y, width, 1, row, 0, width);
        }
        return Optional.of(ExifOrientation.upright(levels, content, kind));
    }

    /**
     * As {@link #upright}.
     *
     * @return resized to the given size with the bicubic filter of Pillow; the aspect ratio may change
     */
    public BufferedImage sized(int width, int height) {
        return Resampling.BICUBIC.resize(upright(), width, height);
    }

    /** The size of the upright image; no pixel is decoded. */
    public Dimension size() {
        Dimension size = decoded(decoder::size);
        return ExifOrientation.isTurned(content, kind)
                ? new Dimension(/* width= */ size.height, /* height= */ size.width)
                : size;
    }

    private void rejectBomb() {
        Dimension size = decoded(decoder::size);
        int width = size.width;
        int height = size.height;
        if (width < 1 || height < 1) {
            throw unreadable(file, "the image has no pixels", null);
        }
        if ((long) width * height > MAX_PIXELS) {
            throw unreadable(
                    file,
                    "%d x %d pixels are too many, %d megapixels at most; reduce the image first"
                            .formatted(width, height, MAX_PIXELS / 1_000_000),
                    null);
        }
        if (Math.max(width, height) > (long) MAX_RATIO * Math.min(width, height)) {
            throw unreadable(
                    file,
                    "%d x %d pixels exceed the maximum aspect ratio of %d to 1; crop the image first"
                            .formatted(width, height, MAX_RATIO),
                    null);
        }
    }

    /** A step of the decoder. */
    private interface Step<T> {
        T take() throws IOException;
    }

    private <T> T decoded(Step<T> step) {
        try {
            return step.take();
        } catch (AtelierException e) {
            throw new AtelierException(e.code(), file + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, "a damaged " + kind + " image", e);
        } catch (OutOfMemoryError e) {
            throw unreadable(file, "too large for Java's memory; reduce the image first", e);
        }
    }

    private static byte[] content(Path file, Path copy) {
        try {
            return RegularFile.read(copy, MAX_BYTES);
        } catch (IOException e) {
            throw unreadable(file, IoErrors.of(e), e);
        }
    }

    private static AtelierException unreadable(Path file, String why, Throwable cause) {
        return new AtelierException(INPUT_UNREADABLE, file + ": " + why + ".", cause);
    }
}
