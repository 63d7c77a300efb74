package org.atelier.pictures;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageReader;
import org.atelier.api.AtelierException;
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
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        if (!Files.isWritable(folder)) {
            throw missing("the temporary folder " + folder + " cannot be written", null);
        }
        try {
            return ReaderCall.of(reader(), webp.still(), call);
        } catch (LinkageError e) {
            throw missing("it cannot be loaded from the temporary folder " + folder, e);
        }
    }

    private static AtelierException missing(String why, Throwable cause) {
        return new AtelierException(
                INPUT_UNREADABLE,
                "WebP images need the native library libwebp, and " + why
                        + "; name another folder by JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER, or convert the image to PNG.",
                cause);
    }

    private static ImageReader reader() throws IOException {
        return new WebPImageReaderSpi().createReaderInstance();
    }
}
