package org.atelier.pictures;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.atelier.pictures.container.JpegSegment;

/** Decodes JPEG with one, three or four components. Colour profiles are ignored, as Pillow does by default. */
final class JpegDecoder implements ImageDecoder {

    private static final int INKS = 4;

    private final byte[] file;

    JpegDecoder(byte[] file) {
        this.file = JpegSegment.withoutProfile(file);
    }

    @Override
    public Dimension size() throws IOException {
        return ReaderCall.of(reader(), file, ReaderCall::size);
    }

    @Override
    public BufferedImage decode() throws IOException {
        if (!JpegSegment.hasEnd(file)) {
            throw new IOException("The file is cut off");
        }
        return ReaderCall.of(reader(), file, this::decode);
    }

    private BufferedImage decode(ImageReader reader) throws IOException {
        if (components() != INKS) {
            return reader.read(0);
        }
        Raster inks = reader.readRaster(0, null);
        return new CmykConversion(JpegSegment.of(file)).of(inks);
    }

    /** The number of components in the frame header; 0 if there is no frame header. */
    private int components() {
        return JpegSegment.of(file).stream()
                .filter(JpegSegment::isFrameHeader)
                .map(JpegSegment::components)
                .findFirst()
                .orElse(0);
    }

    private static ImageReader reader() throws IOException {
        // Made here and not by ImageIO's registry, which would outlive the bundle; it only looks up Java's own.
        JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
        provider.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
        return provider.createReaderInstance();
    }
}
