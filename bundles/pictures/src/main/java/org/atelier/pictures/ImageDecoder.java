package org.atelier.pictures;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.atelier.pictures.container.ImageKind;

/** Decodes an image in its own colour model, without applying its orientation. */
interface ImageDecoder {

    /** Returns the size without decoding pixels. */
    Dimension size() throws IOException;

    BufferedImage decode() throws IOException;

    static ImageDecoder of(ImageKind kind, byte[] file) {
        return switch (kind) {
            case PNG -> new PngDecoder(file);
            case JPEG -> new JpegDecoder(file);
            case WEBP -> new WebpDecoder(file);
        };
    }
}
