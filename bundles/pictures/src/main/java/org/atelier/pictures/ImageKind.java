package org.atelier.pictures;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The formats of images that are read, told by content, never by name. */
enum ImageKind {
    PNG {
        @Override
        ImageReader reader() {
            return ImageIO.getImageReadersByFormatName("png").next();
        }
    },
    JPEG {
        @Override
        ImageReader reader() throws IOException {
            // Made here and not by ImageIO's registry, which would outlive the bundle; it only looks up Java's own.
            JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
            provider.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
            return provider.createReaderInstance();
        }
    },
    WEBP {
        @Override
        ImageReader reader() throws IOException {
            return new WebPImageReaderSpi().createReaderInstance();
        }
    };

    private static final byte[] PNG_START = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] JPEG_START = HexFormat.of().parseHex("ffd8ff");

    /** What reads this kind; to be disposed of. */
    abstract ImageReader reader() throws IOException;

    /** @param file its content, from its start */
    static Optional<ImageKind> of(byte[] file) {
        if (startsWith(file, PNG_START)) {
            return Optional.of(PNG);
        }
        if (startsWith(file, JPEG_START)) {
            return Optional.of(JPEG);
        }
        String start = new String(file, 0, Math.min(12, file.length), StandardCharsets.ISO_8859_1);
        return start.matches("(?s)RIFF....WEBP") ? Optional.of(WEBP) : Optional.empty();
    }

    private static boolean startsWith(byte[] file, byte[] start) {
        return Arrays.equals(file, 0, Math.min(start.length, file.length), start, 0, start.length);
    }
}
