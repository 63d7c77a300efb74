package org.atelier.diffusion.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;

/** Converts between Java images and RGB tensors. */
public final class RgbImages {

    private RgbImages() {}

    /** @param pixels (height, width, RGB), unsigned bytes */
    public static BufferedImage ofPixels(NDArray pixels) {
        Shape shape = pixels.getShape();
        ByteBuffer bytes = pixels.toByteBuffer();
        BufferedImage image = new BufferedImage((int) shape.get(1), (int) shape.get(0), BufferedImage.TYPE_3BYTE_BGR);
        byte[] raster = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < raster.length; i += 3) {
            raster[i + 2] = bytes.get(i);
            raster[i + 1] = bytes.get(i + 1);
            raster[i] = bytes.get(i + 2);
        }
        return image;
    }

    /** @return (1, 3, height, width) in [-1, 1] */
    public static NDArray toTensor(BufferedImage image, NDManager manager) {
        return toUnitTensor(image, manager).mul(2).sub(1);
    }

    /** @return (1, 3, height, width) in [0, 1] */
    public static NDArray toUnitTensor(BufferedImage image, NDManager manager) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        float[] planes = new float[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            planes[i] = unit(pixels[i] >> 16);
            planes[pixels.length + i] = unit(pixels[i] >> 8);
            planes[2 * pixels.length + i] = unit(pixels[i]);
        }
        return manager.create(planes, new Shape(1, 3, height, width));
    }

    private static float unit(int level) {
        return (level & 0xFF) / 255f;
    }
}
