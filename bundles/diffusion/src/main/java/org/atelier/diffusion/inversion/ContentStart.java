package org.atelier.diffusion.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.attention.Reference.Role;
import org.atelier.api.attention.Restyling;
import org.atelier.api.sampling.Solver;
import org.atelier.diffusion.sampling.ImageSpec;
import org.atelier.diffusion.sampling.StackedLatents;
import org.atelier.diffusion.sampling.StartLatents;

/**
 * The initial latents of images that redraw a content image: its noisiest latents, with the statistics of the style's.
 * Chung et al. 2024, Style Injection in Diffusion, section 4.3.
 */
public final class ContentStart {

    /** Added to the content's standard deviation in the version for diffusers; the first code adds nothing. */
    private static final double EPSILON = 1e-4;

    private static final int[] LAST = {2};

    private final InvertedReferences references;
    private final Restyling restyling;
    private final Solver solver;
    private final NDManager manager;

    /**
     * @param references the inverted style and contents
     * @param manager owns intermediate arrays
     */
    public ContentStart(InvertedReferences references, Restyling restyling, Solver solver, NDManager manager) {
        this.references = references;
        this.restyling = restyling;
        this.solver = solver;
        this.manager = manager;
    }

    /** The images, each with the initial latents of its content; an image without one starts from noise. */
    public List<ImageSpec> of(List<ImageSpec> images) {
        List<ImageSpec> started = new ArrayList<>();
        for (ImageSpec image : images) {
            int index = started.size();
            started.add(references
                    .of(Role.CONTENT, index)
                    .map(content -> image.startingFrom(start(content.noisiest(), index)))
                    .orElse(image));
        }
        return started;
    }

    private StartLatents start(NDArray content, int image) {
        int firstStep = restyling.original() ? 1 : 0;
        // The latents of an inversion have unit variance; those of some samplers have not.
        double scale = firstStep < solver.steps() ? solver.level(firstStep).standardDeviation() : 1;
        try (NDManager memory = manager.newSubManager()) {
            NDArray own = content.duplicate();
            own.attach(memory);
            NDArray aligned = restyling.alignsStart()
                    ? references
                            .of(Role.STYLE, image)
                            .map(style -> aligned(own, style.noisiest(), memory))
                            .orElse(own)
                    : own;
            return new StartLatents(StackedLatents.of(List.of(aligned.mul(scale))), firstStep, false);
        }
    }

    /** Adaptive instance normalisation per channel, with unbiased variance. */
    private NDArray aligned(NDArray content, NDArray style, NDManager memory) {
        NDArray other = style.duplicate();
        other.attach(memory);
        NDArray from = tokens(content);
        NDArray to = tokens(other);
        NDArray deviation = deviation(from);
        return from.sub(mean(from))
                .div(restyling.original() ? deviation : deviation.add(EPSILON))
                .mul(deviation(to))
                .add(mean(to))
                .reshape(content.getShape());
    }

    /** (1, channel, height · width). */
    private static NDArray tokens(NDArray latents) {
        return latents.reshape(1, latents.getShape().get(1), -1);
    }

    private static NDArray mean(NDArray tokens) {
        return tokens.mean(LAST, true);
    }

    /** (1, channel, 1). */
    private static NDArray deviation(NDArray tokens) {
        long area = tokens.getShape().get(2);
        return tokens.sub(mean(tokens)).square().sum(LAST, true).div(area - 1).sqrt();
    }
}
