package org.atelier.pictures;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.atelier.api.AtelierException;

/**
 * An image that a user gave: PNG, JPEG or WebP, of any colour model, held in any direction. Its dimensions are known,
 * and are no bomb, before any pixel is decoded.
 */
public final class SourceImage {

    private static final long MOST_BYTES = 256L << 20;

    /** More than cameras have; decoded, they take half a gigabyte. */
    private static final long MOST_PIXELS = 64_000_000;

    private static final int MOST_RATIO = 32;

    private final Path file;
    private final byte[] content;
    private final ImageKind kind;

    private SourceImage(Path file, byte[] content, ImageKind kind) {
        this.file = file;
        this.content = content;
        this.kind = kind;
    }

    /**
     * Reads a file, no pixels.
     *
     * @throws AtelierException INPUT_UNREADABLE if it is no image that can be read, or a bomb
     */
    public static SourceImage open(Path file) {
        return open(file, file);
    }

    /**
     * As {@link #open(Path)}, from a copy of the file.
     *
     * @param file what errors name
     * @param copy what is read
     */
    public static SourceImage open(Path file, Path copy) {
        byte[] content = content(file, copy);
        ImageKind kind = ImageKind.of(content).orElseThrow(() -> unreadable(file, "no PNG, JPEG or WebP image", null));
        SourceImage image = new SourceImage(file, content, kind);
        image.refuseBomb();
        return image;
    }

    /** Decodes the image, upright, in sRGB, on white where it is transparent; in its own size. */
    public BufferedImage upright() {
        BufferedImage colours = OpaqueColours.of(read(reader -> reader.read(0)));
        return ExifOrientation.upright(colours, content, kind);
    }

    /**
     * As {@link #upright}.
     *
     * @return of that size, as Pillow's bicubic resizes, whatever becomes of the aspect
     */
    public BufferedImage sized(int width, int height) {
        return Resampling.BICUBIC.resize(upright(), width, height);
    }

    private void refuseBomb() {
        int[] size = read(reader -> new int[] {reader.getWidth(0), reader.getHeight(0)});
        int width = size[0];
        int height = size[1];
        if (width < 1 || height < 1) {
            throw unreadable(file, "an image without pixels", null);
        }
        if ((long) width * height > MOST_PIXELS) {
            throw unreadable(
                    file,
                    "%d x %d pixels are too many, %d megapixels at most; reduce the image first"
                            .formatted(width, height, MOST_PIXELS / 1_000_000),
                    null);
        }
        if (Math.max(width, height) > (long) MOST_RATIO * Math.min(width, height)) {
            throw unreadable(
                    file,
                    "%d x %d pixels are too long a strip, %d to 1 at most; cut the image first"
                            .formatted(width, height, MOST_RATIO),
                    null);
        }
    }

    /** Something asked of the format's reader. */
    private interface Question<T> {
        T ask(ImageReader reader) throws IOException;
    }

    private <T> T read(Question<T> question) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            ImageReader reader = kind.reader();
            try {
                reader.setInput(in, true, true);
                return question.ask(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, "a damaged " + kind + " image", e);
        } catch (OutOfMemoryError e) {
            throw unreadable(file, "too large for Java's memory; reduce the image first", e);
        }
    }

    private static byte[] content(Path file, Path copy) {
        try {
            if (Files.isDirectory(copy)) {
                throw unreadable(file, "a folder, not an image", null);
            }
            if (Files.size(copy) > MOST_BYTES) {
                throw unreadable(file, "too large for an image, more than 256 MiB", null);
            }
            return Files.readAllBytes(copy);
        } catch (IOException e) {
            throw unreadable(file, reason(e), e);
        }
    }

    private static String reason(IOException fault) {
        if (fault instanceof NoSuchFileException) {
            return "no such file";
        }
        return fault instanceof AccessDeniedException ? "access denied" : String.valueOf(fault.getMessage());
    }

    private static AtelierException unreadable(Path file, String why, Throwable cause) {
        return new AtelierException(INPUT_UNREADABLE, file + ": " + why + ".", cause);
    }
}
