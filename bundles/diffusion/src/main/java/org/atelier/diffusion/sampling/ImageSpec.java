package org.atelier.diffusion.sampling;

import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.diffusion.region.ImageRegions;
import org.atelier.diffusion.window.Window;
import org.atelier.diffusion.window.WindowGrid;

/**
 * The parameters of one image.
 *
 * @param prompt with the style
 * @param seed seed of its noise
 * @param width pixels, a multiple of the VAE scale factor
 * @param height pixels, a multiple of the VAE scale factor
 * @param strategy its attention strategy; {@code null} for that of the set
 * @param start what it starts from; {@code null} for noise
 * @param grid divides the image into windows that run through the network one by one; {@code null} for a whole image
 * @param regions its parts with prompts of their own
 */
public record ImageSpec(
        String prompt,
        long seed,
        int width,
        int height,
        AttentionStrategy strategy,
        ImageStart start,
        WindowGrid grid,
        ImageRegions regions) {

    /** An image without regions. */
    public ImageSpec(
            String prompt,
            long seed,
            int width,
            int height,
            AttentionStrategy strategy,
            ImageStart start,
            WindowGrid grid) {
        this(prompt, seed, width, height, strategy, start, grid, ImageRegions.NONE);
    }

    /** An image that runs through the network whole. */
    public ImageSpec(String prompt, long seed, int width, int height, AttentionStrategy strategy, ImageStart start) {
        this(prompt, seed, width, height, strategy, start, null);
    }

    /** An image that starts from noise. */
    public ImageSpec(String prompt, long seed, int width, int height, AttentionStrategy strategy) {
        this(prompt, seed, width, height, strategy, null);
    }

    /** The same image, divided into windows. */
    public ImageSpec withGrid(WindowGrid windows) {
        return new ImageSpec(prompt, seed, width, height, strategy, start, windows, regions);
    }

    /** The same image with regions. */
    public ImageSpec withRegions(ImageRegions parts) {
        return new ImageSpec(prompt, seed, width, height, strategy, start, grid, parts);
    }

    /** The width of what runs through the network, in pixels, which is the image or a window. */
    public int viewWidth(int factor) {
        return grid == null ? width : Math.min(width, grid.width() * factor);
    }

    /** The height of what runs through the network, in pixels, which is the image or a window. */
    public int viewHeight(int factor) {
        return grid == null ? height : Math.min(height, grid.height() * factor);
    }

    /** The parts of the image that run through the network. */
    public List<Window> windows(int factor) {
        return grid == null ? List.of(Window.WHOLE) : grid.of(height / factor, width / factor);
    }

    /** Whether the right end of the image continues at its left end. */
    public boolean isCircular(int factor) {
        return grid != null && grid.isCircular(width / factor);
    }

    /** A copy with other initial latents. */
    public ImageSpec startingFrom(StartLatents latents) {
        return new ImageSpec(prompt, seed, width, height, strategy, latents, grid, regions);
    }

    /** Its first step, counted from 0. */
    int firstStep() {
        return start == null ? 0 : start.step();
    }

    /** Images of one size with consecutive seeds and the strategy of the set. */
    public static List<ImageSpec> each(List<String> prompts, long firstSeed, int width, int height) {
        return IntStream.range(0, prompts.size())
                .mapToObj(i -> new ImageSpec(prompts.get(i), firstSeed + i, width, height, null))
                .toList();
    }
}
