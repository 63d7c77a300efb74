package org.atelier.diffusion.sampling;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.atelier.api.sampling.Sampler;

/**
 * The resolved parameters of a set.
 *
 * @param images one spec per image; without given references the first image is the reference of the others
 * @param negativePrompt negative prompt of all images; {@code null} for none
 * @param sampler creates the solver
 * @param steps number of denoising steps
 * @param cfgScale guidance scale; 1 and below disables classifier-free guidance
 * @param chunk maximum number of images in a batch, at least 1; a batch has one size and strategy
 * @param window the steps in which style is shared
 * @param references given references; {@code null} if the first image is the reference
 * @param guidanceRescale how far the guided prediction is rescaled, 0 to 1
 * @param clipSkip number of last layers of the text encoders that positive prompts skip
 * @param generated indices of the images that are generated, ascending; all others are left out, and every image keeps its
 *     index
 */
public record GenerationSpec(
        List<ImageSpec> images,
        String negativePrompt,
        Sampler sampler,
        int steps,
        double cfgScale,
        int chunk,
        StyleWindow window,
        GivenReferences references,
        double guidanceRescale,
        int clipSkip,
        List<Integer> generated) {

    /** Parameters of a whole set. */
    public GenerationSpec(
            List<ImageSpec> images,
            String negativePrompt,
            Sampler sampler,
            int steps,
            double cfgScale,
            int chunk,
            StyleWindow window,
            GivenReferences references,
            double guidanceRescale,
            int clipSkip) {
        this(
                images,
                negativePrompt,
                sampler,
                steps,
                cfgScale,
                chunk,
                window,
                references,
                guidanceRescale,
                clipSkip,
                IntStream.range(0, images.size()).boxed().toList());
    }

    /** Parameters without rescaled guidance and skipped layers. */
    public GenerationSpec(
            List<ImageSpec> images,
            String negativePrompt,
            Sampler sampler,
            int steps,
            double cfgScale,
            int chunk,
            StyleWindow window,
            GivenReferences references) {
        this(images, negativePrompt, sampler, steps, cfgScale, chunk, window, references, 0, 0);
    }

    /** Makes defensive copies. */
    public GenerationSpec {
        images = List.copyOf(images);
        generated = List.copyOf(generated);
    }

    /** The same set, of which only some images are generated. */
    public GenerationSpec only(Collection<Integer> indices) {
        return new GenerationSpec(
                images,
                negativePrompt,
                sampler,
                steps,
                cfgScale,
                chunk,
                window,
                references,
                guidanceRescale,
                clipSkip,
                List.copyOf(new TreeSet<>(indices)));
    }

    /** The first step of any image. */
    public int firstStep() {
        return images.stream().mapToInt(ImageSpec::firstStep).min().orElse(0);
    }
}
