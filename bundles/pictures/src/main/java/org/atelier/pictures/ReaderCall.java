package org.atelier.pictures;

import java.awt.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A call to an ImageIO reader. */
interface ReaderCall<T> {

    T ask(ImageReader reader) throws IOException;

    /**
     * Calls a reader and disposes of it.
     *
     * @param file its input
     */
    static <T> T of(ImageReader reader, byte[] file, ReaderCall<T> call) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            return call.ask(reader);
        } finally {
            reader.dispose();
        }
    }

    static Dimension size(ImageReader reader) throws IOException {
        return new Dimension(reader.getWidth(0), reader.getHeight(0));
    }
}
