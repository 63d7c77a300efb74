package org.atelier.pictures;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.atelier.pictures.container.EmbeddedExif;
import org.atelier.pictures.container.ImageKind;

/** Applies the EXIF orientation, 1 to 8. An unreadable orientation counts as upright. */
final class ExifOrientation {

    private static final int UPRIGHT = 1;
    private static final int FIRST_TURNED = 5;

    private ExifOrientation() {}

    /** Rotates and mirrors an image to its upright orientation. */
    static BufferedImage upright(BufferedImage image, byte[] file, ImageKind kind) {
        int orientation = of(file, kind);
        if (orientation == UPRIGHT) {
            return image;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        boolean lies = orientation >= FIRST_TURNED;
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

    /** Whether width and height of the upright image are those of the file, exchanged. */
    static boolean isTurned(byte[] file, ImageKind kind) {
        return of(file, kind) >= FIRST_TURNED;
    }

    private static int of(byte[] file, ImageKind kind) {
        return EmbeddedExif.of(file, kind).map(ExifOrientation::read).orElse(UPRIGHT);
    }

    private static int read(byte[] exif) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(exif))) {
            Entry entry = new TIFFReader().read(in).getEntryById(TIFF.TAG_ORIENTATION);
            int value = entry != null && entry.getValue() instanceof Number number ? number.intValue() : UPRIGHT;
            return value >= 1 && value <= 8 ? value : UPRIGHT;
        } catch (IOException | RuntimeException e) {
            // Cameras and editors write broken EXIF; the image itself is sound.
            return UPRIGHT;
        }
    }
}
