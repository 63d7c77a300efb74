package org.atelier.diffusion.sampling;

import java.util.List;
import org.atelier.api.sampling.Sampler;

/**
 * What a set is generated from, every value settled.
 *
 * @param images one for each image; without references the first is the reference of the others, at its own size
 * @param negativePrompt what no image should show; {@code null} for none
 * @param sampler how noise becomes an image
 * @param steps denoising steps
 * @param cfgScale classifier-free guidance; 1 and below is none
 * @param chunk images that pass the network together, at least 1; those of another size or strategy pass by themselves
 * @param window the steps in which style is shared
 * @param references whose style the set takes; {@code null} for a set that follows its own first image
 */
public record GenerationSpec(
        List<ImageSpec> images,
        String negativePrompt,
        Sampler sampler,
        int steps,
        double cfgScale,
        int chunk,
        StyleWindow window,
        GivenReferences references) {

    /** Makes defensive copies. */
    public GenerationSpec {
        images = List.copyOf(images);
    }
}
