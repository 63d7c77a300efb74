package org.atelier.diffusion.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.window.Window;

/**
 * The backgrounds on which the regions of an image are generated in the first steps: each is of one random colour, so that
 * a region shows the whole of what its prompt asks for within its mask. Bar-Tal et al. 2023, MultiDiffusion, section 5.2,
 * bootstrapping.
 */
public final class RegionBackgrounds {

    /** As many as there are bootstrapped steps by default. */
    private static final int MOST_COLOURS = 20;

    /** The colours are those of every image, so that each is encoded once. */
    private static final long COLOURS_SEED = 0;

    private static final int CHANNELS = 3;

    private final List<NDArray> colours;
    private final int steps;
    private final long seed;
    private final NDArray noise;
    private final Solver solver;

    /**
     * @param colours encoded pictures of the size of a window, (1, channel, height, width)
     * @param steps the number of bootstrapped steps
     * @param seed of the image
     * @param noise the initial noise of the image, (1, channel, height, width)
     */
    public RegionBackgrounds(List<NDArray> colours, int steps, long seed, NDArray noise, Solver solver) {
        this.colours = List.copyOf(colours);
        this.steps = steps;
        this.seed = seed;
        this.noise = noise;
        this.solver = solver;
    }

    /**
     * The colours for a number of bootstrapped steps.
     *
     * @return red, green and blue of each colour, from 0 to 1
     */
    public static List<List<Float>> colours(int steps) {
        return IntStream.range(0, Math.min(steps, MOST_COLOURS))
                .mapToObj(colour -> IntStream.range(0, CHANNELS)
                        .mapToObj(channel -> PositionalRandom.fraction(COLOURS_SEED, colour, channel))
                        .toList())
                .toList();
    }

    /**
     * Puts a region on a background.
     *
     * @param latents of a window, (1, channel, height, width), not scaled
     * @param mask of the region in the whole image, (1, 1, height, width)
     * @param region counts the regions of the image, from 1
     * @param memory owns the latents and the result
     * @return the latents themselves after the bootstrapped steps
     */
    NDArray behind(NDArray latents, NDArray mask, Window window, int region, int step, NDManager memory) {
        if (step >= steps) {
            return latents;
        }
        int colour = PositionalRandom.below(colours.size(), seed, step, window.top(), window.left(), region);
        NDArray inside = window.cut(viewOf(mask, memory));
        NDArray noised = solver.addNoise(viewOf(colours.get(colour), memory), window.cut(viewOf(noise, memory)), step);
        return latents.mul(inside).add(noised.mul(inside.neg().add(1)));
    }

    /** A view of an array; what is computed from it belongs to {@code memory}. */
    private static NDArray viewOf(NDArray array, NDManager memory) {
        NDArray view = array.get(":");
        view.attach(memory);
        return view;
    }
}
