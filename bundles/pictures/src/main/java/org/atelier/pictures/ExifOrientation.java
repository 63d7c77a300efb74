package org.atelier.pictures;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** How a camera was held, as EXIF tells it: 1 to 8, as its rows and columns begin. Whatever cannot be read is upright. */
final class ExifOrientation {

    private static final int UPRIGHT = 1;

    private static final byte[] JPEG_EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private ExifOrientation() {}

    /** Turns and mirrors an image until it stands as it was seen. */
    static BufferedImage upright(BufferedImage image, byte[] file, ImageKind kind) {
        int orientation = of(file, kind);
        if (orientation == UPRIGHT) {
            return image;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        boolean lies = orientation > 4;
        BufferedImage upright =
                new BufferedImage(lies ? height : width, lies ? width : height, BufferedImage.TYPE_INT_RGB);
        AffineTransform turn = turn(orientation, width, height);
        new AffineTransformOp(turn, AffineTransformOp.TYPE_NEAREST_NEIGHBOR).filter(image, upright);
        return upright;
    }

    private static AffineTransform turn(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            default -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    }

    private static int of(byte[] file, ImageKind kind) {
        Optional<ByteBuffer> exif =
                switch (kind) {
                    case PNG -> chunk(file, ByteOrder.BIG_ENDIAN, 8, "eXIf");
                    case WEBP -> chunk(file, ByteOrder.LITTLE_ENDIAN, 12, "EXIF");
                    case JPEG -> segment(file);
                };
        return exif.map(ExifOrientation::read).orElse(UPRIGHT);
    }

    private static int read(ByteBuffer exif) {
        byte[] bytes = new byte[exif.remaining()];
        exif.get(bytes);
        int start = startsWith(bytes, JPEG_EXIF) ? JPEG_EXIF.length : 0;
        ByteArrayInputStream directory = new ByteArrayInputStream(bytes, start, bytes.length - start);
        try (ImageInputStream in = new MemoryCacheImageInputStream(directory)) {
            Entry entry = new TIFFReader().read(in).getEntryById(TIFF.TAG_ORIENTATION);
            int value = entry != null && entry.getValue() instanceof Number number ? number.intValue() : UPRIGHT;
            return value >= 1 && value <= 8 ? value : UPRIGHT;
        } catch (IOException | RuntimeException e) {
            // Cameras and editors write broken EXIF; the image itself is sound.
            return UPRIGHT;
        }
    }

    /** A chunk of a PNG, whose length stands before its name, or of a WebP, whose name stands before its length. */
    private static Optional<ByteBuffer> chunk(byte[] file, ByteOrder order, int first, String wanted) {
        boolean png = order == ByteOrder.BIG_ENDIAN;
        ByteBuffer bytes = ByteBuffer.wrap(file).order(order);
        long at = first;
        while (at + 8 <= file.length) {
            long length = Integer.toUnsignedLong(bytes.getInt((int) at + (png ? 0 : 4)));
            String name = new String(file, (int) at + (png ? 4 : 0), 4, StandardCharsets.ISO_8859_1);
            if (name.equals(wanted)) {
                return slice(bytes, at + 8, length);
            }
            at += 8 + length + (png ? 4 : length & 1);
        }
        return Optional.empty();
    }

    /** The segment of a JPEG that holds EXIF, before its pixels begin. */
    private static Optional<ByteBuffer> segment(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) != 0xDA) {
            int length = Short.toUnsignedInt(bytes.getShort(at + 2));
            if ((file[at + 1] & 0xFF) == 0xE1) {
                Optional<ByteBuffer> segment =
                        slice(bytes, at + 4, length - 2L).filter(content -> startsWith(content, JPEG_EXIF));
                if (segment.isPresent()) {
                    return segment;
                }
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    private static Optional<ByteBuffer> slice(ByteBuffer bytes, long from, long length) {
        boolean whole = length >= 0 && from + length <= bytes.capacity();
        return whole ? Optional.of(bytes.slice((int) from, (int) length)) : Optional.empty();
    }

    private static boolean startsWith(ByteBuffer content, byte[] start) {
        byte[] bytes = new byte[Math.min(start.length, content.remaining())];
        content.duplicate().get(bytes);
        return startsWith(bytes, start);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return ByteBuffer.wrap(bytes)
                .limit(Math.min(bytes.length, start.length))
                .equals(ByteBuffer.wrap(start));
    }
}
