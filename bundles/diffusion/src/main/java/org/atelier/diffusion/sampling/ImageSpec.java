package org.atelier.diffusion.sampling;

import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.attention.AttentionStrategy;

/**
 * What one image of a set is generated from.
 *
 * @param prompt style included
 * @param seed of its noise
 * @param width pixels, a multiple of the autoencoder's factor
 * @param height pixels, a multiple of the autoencoder's factor
 * @param strategy how it attends to the references, where that is other than the set's; {@code null} for the set's
 * @param start where it begins; {@code null} for noise of its seed
 */
public record ImageSpec(
        String prompt, long seed, int width, int height, AttentionStrategy strategy, StartLatents start) {

    /** An image that begins at the noise of its seed. */
    public ImageSpec(String prompt, long seed, int width, int height, AttentionStrategy strategy) {
        this(prompt, seed, width, height, strategy, null);
    }

    /** The first step that it takes, counted from 0. */
    int firstStep() {
        return start == null ? 0 : start.step();
    }

    /** Images of one size that follow the set's strategy, from the noise of consecutive seeds. */
    public static List<ImageSpec> each(List<String> prompts, long firstSeed, int width, int height) {
        return IntStream.range(0, prompts.size())
                .mapToObj(i -> new ImageSpec(prompts.get(i), firstSeed + i, width, height, null))
                .toList();
    }
}
