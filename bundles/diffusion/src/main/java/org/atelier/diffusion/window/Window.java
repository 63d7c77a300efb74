package org.atelier.diffusion.window;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;

/**
 * A window of an image, in latents. A window of a circular image may reach over the right end; it continues at the
 * left end.
 *
 * @param top first row
 * @param left first column
 * @param height rows; 0 for {@link #WHOLE}
 * @param width columns; 0 for {@link #WHOLE}
 */
public record Window(int top, int left, int height, int width) {

    /** The whole image, whatever its size. */
    public static final Window WHOLE = new Window(0, 0, 0, 0);

    /** Whether this is {@link #WHOLE}. */
    public boolean isWhole() {
        return equals(WHOLE);
    }

    /**
     * Cuts this window out of an image.
     *
     * @param image (…, height, width)
     * @return the image itself for {@link #WHOLE}, otherwise owned by its manager
     */
    public NDArray cut(NDArray image) {
        if (isWhole()) {
            return image;
        }
        long columns = columnsOf(image);
        long end = left + (long) width;
        NDArray first = part(image, left, Math.min(end, columns));
        return end <= columns
                ? first
                : first.concat(part(image, 0, end - columns), image.getShape().dimension() - 1);
    }

    /**
     * Cuts this window out of an image that lives longer than the result.
     *
     * @param image (…, height, width)
     * @param owner owns the result, except for {@link #WHOLE}
     */
    public NDArray cut(NDArray image, NDManager owner) {
        if (isWhole()) {
            return image;
        }
        NDArray view = image.get(":");
        view.attach(owner);
        return cut(view);
    }

    /**
     * Adds an array to this window of a sum.
     *
     * @param sum (…, height, width) of the whole image; is changed
     * @param addend (…, height, width) of the window
     */
    public void addTo(NDArray sum, NDArray addend) {
        if (isWhole()) {
            sum.addi(addend);
            return;
        }
        long columns = columnsOf(sum);
        long end = left + (long) width;
        if (end <= columns) {
            part(sum, left, end).addi(addend);
        } else {
            long beforeEnd = columns - left;
            part(sum, left, columns).addi(addend.get("..., :" + beforeEnd));
            part(sum, 0, end - columns).addi(addend.get("..., " + beforeEnd + ":"));
        }
    }

    private static long columnsOf(NDArray image) {
        return image.getShape().get(image.getShape().dimension() - 1);
    }

    /** A view of the rows of this window and some columns. */
    private NDArray part(NDArray image, long from, long to) {
        return image.get("..., %d:%d, %d:%d".formatted(top, top + height, from, to));
    }

    /**
     * Cuts this window out of an image in pixels.
     *
     * @param factor pixels per latent along each side
     */
    public BufferedImage cut(BufferedImage image, int factor) {
        if (isWhole()) {
            return image;
        }
        BufferedImage cut = new BufferedImage(width * factor, height * factor, BufferedImage.TYPE_INT_RGB);
        int first = Math.min(width * factor, image.getWidth() - left * factor);
        copy(image, left * factor, top * factor, cut, 0, first);
        copy(image, 0, top * factor, cut, first, cut.getWidth() - first);
        return cut;
    }

    private static void copy(BufferedImage from, int fromX, int fromY, BufferedImage to, int toX, int width) {
        if (width > 0) {
            int height = to.getHeight();
            to.setRGB(toX, 0, width, height, from.getRGB(fromX, fromY, width, height, null, 0, width), 0, width);
        }
    }
}
