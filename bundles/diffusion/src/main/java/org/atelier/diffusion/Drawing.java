package org.atelier.diffusion;

import java.util.List;

/**
 * What a set is drawn from, every value settled.
 *
 * @param prompts one for each picture, style included
 * @param negativePrompt what no picture should show; {@code null} for none
 * @param seed picture i is drawn from the noise of seed + i; with references they count as picture 0
 * @param sampler one of {@link Samplers#names()}
 * @param steps denoising steps
 * @param cfgScale classifier-free guidance; 1 and below is none
 * @param width pixels, a multiple of {@link PipelineSettings#factor()}
 * @param height pixels, a multiple of {@link PipelineSettings#factor()}
 * @param chunk pictures that pass the network together, at least 1
 * @param window the steps in which style is shared
 * @param references the pictures whose style the set takes; {@code null} for a set that follows its own first picture
 */
public record Drawing(
        List<String> prompts,
        String negativePrompt,
        long seed,
        String sampler,
        int steps,
        double cfgScale,
        int width,
        int height,
        int chunk,
        StyleWindow window,
        References references) {

    /** Copies what could be changed from outside. */
    public Drawing {
        prompts = List.copyOf(prompts);
    }

    /** Original size, crop and target size, as Stable Diffusion XL is told them: a whole picture of its own size. */
    float[] sizes() {
        return new float[] {height, width, 0, 0, height, width};
    }
}
