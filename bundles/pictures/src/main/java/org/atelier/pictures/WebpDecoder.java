package org.atelier.pictures;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import org.atelier.pictures.container.WebpFile;
import org.atelier.pictures.container.WebpFile.Frame;

/** Decodes WebP with libwebp. Of an animation it decodes the first frame on a transparent canvas. */
final class WebpDecoder implements ImageDecoder {

    private final byte[] file;

    WebpDecoder(byte[] file) {
        this.file = file;
    }

    @Override
    public Dimension size() throws IOException {
        WebpFile webp = WebpFile.of(file);
        return webp.frame().isPresent() ? canvas(webp.frame().get()) : read(webp, ReaderCall::size);
    }

    @Override
    public BufferedImage decode() throws IOException {
        WebpFile webp = WebpFile.of(file);
        BufferedImage image = read(webp, reader -> reader.read(0));
        return webp.frame().isEmpty() ? image : onCanvas(webp.frame().get(), image);
    }

    private static Dimension canvas(Frame frame) {
        return new Dimension(frame.canvasWidth(), frame.canvasHeight());
    }

    private static BufferedImage onCanvas(Frame frame, BufferedImage image) throws IOException {
        if (image.getWidth() != frame.width() || image.getHeight() != frame.height()) {
            throw new IOException("The first frame differs in size from its header");
        }
        BufferedImage canvas =
                new BufferedImage(frame.canvasWidth(), frame.canvasHeight(), BufferedImage.TYPE_INT_ARGB);
        int[] pixels = image.getRGB(0, 0, frame.width(), frame.height(), null, 0, frame.width());
        canvas.setRGB(frame.x(), frame.y(), frame.width(), frame.height(), pixels, 0, frame.width());
        return canvas;
    }

    private static <T> T read(WebpFile webp, ReaderCall<T> call) throws IOException {
        return Libwebp.call(() -> ReaderCall.of(reader(), webp.still(), call));
    }

    private static ImageReader reader() throws IOException {
        return new WebPImageReaderSpi().createReaderInstance();
    }
}
