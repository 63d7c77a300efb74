package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.sampling.FiniteCheck;
import org.atelier.models.family.TextConditioning.Unconditional;

/** Encodes the prompts of a set, and checks that the text encoders give numbers. Sizes are those of the image in pixels. */
final class PromptConditioning {

    private final LoadedNetworks networks;
    private final int clipSkip;
    private final FiniteCheck finite;
    private final NDManager manager;

    /**
     * @param clipSkip number of last layers of the text encoders that positive prompts skip
     * @param manager owns the conditionings
     */
    PromptConditioning(LoadedNetworks networks, int clipSkip, FiniteCheck finite, NDManager manager) {
        this.networks = networks;
        this.clipSkip = clipSkip;
        this.finite = finite;
        this.manager = manager;
    }

    /** The conditioning of the prompt of an image. */
    Conditioning positive(String prompt, int width, int height) {
        return encode(prompt, clipSkip, width, height);
    }

    /**
     * The conditioning of the unconditional half.
     *
     * @param negativePrompt {@code null} for the default of the family
     */
    Conditioning unconditional(String negativePrompt, int width, int height) {
        if (negativePrompt != null) {
            return encode(negativePrompt, 0, width, height);
        }
        Conditioning empty = encode("", 0, width, height);
        return networks.model().text().withoutNegativePrompt() == Unconditional.ZEROS ? empty.unconditional() : empty;
    }

    /**
     * The conditioning of the unconditional half in an inversion.
     *
     * @param conditional of the first reference
     */
    Conditioning unconditionalInInversion(Conditioning conditional, int width, int height) {
        return networks.model().text().inInversion() == Unconditional.ZEROS
                ? conditional.unconditional()
                : encode("", 0, width, height);
    }

    private Conditioning encode(String prompt, int skip, int width, int height) {
        return finite.requireText(networks.promptEncoder().encode(prompt, skip, width, height, manager), prompt);
    }
}
