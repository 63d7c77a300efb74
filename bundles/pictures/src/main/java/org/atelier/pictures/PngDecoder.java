package org.atelier.pictures;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Decodes PNG with Java ImageIO, which ignores gamma and colour profiles as Pillow does. */
final class PngDecoder implements ImageDecoder {

    private final byte[] file;

    PngDecoder(byte[] file) {
        this.file = file;
    }

    @Override
    public Dimension size() throws IOException {
        return ReaderCall.of(reader(), file, ReaderCall::size);
    }

    @Override
    public BufferedImage decode() throws IOException {
        return ReaderCall.of(reader(), file, reader -> reader.read(0));
    }

    private static ImageReader reader() {
        return ImageIO.getImageReadersByFormatName("png").next();
    }
}
