package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.models.safetensors.FloatTensor;

/**
 * The part of a picture that is repainted. Each pixel has a grey level: 255 is repainted, 0 is kept. The network repaints
 * levels from 128; where the kept part is pasted back, a level is the share of the generated image. Immutable.
 */
public final class InpaintingMask {

    private static final int WHITE = 255;
    private static final int REPAINTED = 128;

    private final int width;
    private final int height;
    private final byte[] levels;

    /**
     * @param width pixels
     * @param height pixels
     * @param levels one for each pixel, row by row, unsigned
     */
    public InpaintingMask(int width, int height, byte[] levels) {
        if (levels.length != width * height) {
            throw new IllegalArgumentException("A mask of " + width + " x " + height + " has " + levels.length
                    + " levels; it needs one for each pixel.");
        }
        this.width = width;
        this.height = height;
        this.levels = levels.clone();
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** A copy of the levels, row by row, unsigned. */
    public byte[] levels() {
        return levels.clone();
    }

    /**
     * The mask of the latents: 1 where the pixel at the top left of a latent is repainted, else 0. Nearest neighbour as in
     * diffusers.
     *
     * @param factor VAE scale factor
     * @return (1, 1, height / factor, width / factor)
     */
    public FloatTensor latents(int factor) {
        int columns = width / factor;
        int rows = height / factor;
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = repainted((i / columns) * factor * width + (i % columns) * factor);
        }
        return new FloatTensor(List.of(1L, 1L, (long) rows, (long) columns), FloatBuffer.wrap(values));
    }

    /** The mask of the pixels, 1 where they are kept, else 0: (1, 1, height, width), owned by {@code manager}. */
    public NDArray keptPixels(NDManager manager) {
        float[] values = new float[levels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 - repainted(i);
        }
        return manager.create(values, new Shape(1, 1, height, width));
    }

    /** Whether no pixel is repainted. */
    public boolean keepsAll() {
        return IntStream.range(0, levels.length).allMatch(pixel -> level(pixel) < REPAINTED);
    }

    private float repainted(int pixel) {
        return level(pixel) >= REPAINTED ? 1 : 0;
    }

    private int level(int pixel) {
        return Byte.toUnsignedInt(levels[pixel]);
    }

    /** Pastes the kept part of a picture into a generated image of the same size. */
    public BufferedImage paste(BufferedImage picture, BufferedImage generated) {
        int[] kept = picture.getRGB(0, 0, width, height, null, 0, width);
        int[] pixels = generated.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = mixed(pixels[i] >> 16, kept[i] >> 16, i) << 16
                    | mixed(pixels[i] >> 8, kept[i] >> 8, i) << 8
                    | mixed(pixels[i], kept[i], i);
        }
        BufferedImage pasted = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        pasted.setRGB(0, 0, width, height, pixels, 0, width);
        return pasted;
    }

    /** Rounds to the nearest level, as Pillow does. */
    private int mixed(int generated, int kept, int pixel) {
        int share = level(pixel);
        return ((generated & 0xFF) * share + (kept & 0xFF) * (WHITE - share) + WHITE / 2) / WHITE;
    }
}
