package org.atelier.diffusion.sampling;

import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.attention.AttentionStrategy;

/**
 * The parameters of one image.
 *
 * @param prompt with the style
 * @param seed seed of its noise
 * @param width pixels, a multiple of the VAE scale factor
 * @param height pixels, a multiple of the VAE scale factor
 * @param strategy its attention strategy; {@code null} for that of the set
 * @param start what it starts from; {@code null} for noise
 */
public record ImageSpec(String prompt, long seed, int width, int height, AttentionStrategy strategy, ImageStart start) {

    /** An image that starts from noise. */
    public ImageSpec(String prompt, long seed, int width, int height, AttentionStrategy strategy) {
        this(prompt, seed, width, height, strategy, null);
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
