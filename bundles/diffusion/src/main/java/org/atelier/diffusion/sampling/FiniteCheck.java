package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * Ends a generation as soon as a result contains NaN or infinity, with an error that names the result and the likely
 * cause. Weights are checked when they are loaded, so they are not the cause unless they are finite and far too large.
 */
public final class FiniteCheck {

    /** Guidance that is larger is the likely cause: latents grow with it at every step. */
    private static final double LARGE_CFG_SCALE = 30;

    private final TorchKernels kernels;
    private final Precision precision;
    private final double cfgScale;
    private final String cfgOption;

    /**
     * @param precision of the network
     * @param cfgScale guidance scale of the generation or inversion
     * @param cfgOption the option that sets it
     */
    public FiniteCheck(TorchKernels kernels, Precision precision, double cfgScale, String cfgOption) {
        this.kernels = kernels;
        this.precision = precision;
        this.cfgScale = cfgScale;
        this.cfgOption = cfgOption;
    }

    /**
     * Checks the latents of an image after a step.
     *
     * @param prediction the guided model output that the sampler received
     * @param image index of the image
     * @param step counted from 0
     */
    public void requireStep(NDArray latents, NDArray prediction, int image, int step, int steps) {
        if (kernels.isFinite(latents)) {
            return;
        }
        String where = "The latents of prompt %d contain NaN or infinity after step %d of %d: "
                .formatted(image + 1, step + 1, steps);
        if (cfgScale <= LARGE_CFG_SCALE && kernels.isFinite(prediction)) {
            throw new AtelierException(
                    Code.PLUGIN_FAILED,
                    where + "the sampler computed them from a finite prediction; use another --sampler.");
        }
        throw network(where);
    }

    /**
     * Checks the latents of a reference after an inversion step.
     *
     * @param reference index of the reference
     * @param done number of completed steps
     */
    public void requireInversion(NDArray latents, int reference, int done, int steps) {
        if (!kernels.isFinite(latents)) {
            throw network("The latents of reference %d contain NaN or infinity after inversion step %d of %d: "
                    .formatted(reference + 1, done, steps));
        }
    }

    private AtelierException network(String where) {
        if (cfgScale > LARGE_CFG_SCALE) {
            return new AtelierException(
                    Code.INVALID_REQUEST,
                    where
                            + "a guidance scale of %s is too large; use a smaller %s, such as 5."
                                    .formatted(cfgScale, cfgOption));
        }
        if (precision == Precision.FLOAT16) {
            return float16(where);
        }
        return new AtelierException(
                Code.ENGINE_FAILED,
                where + "the network overflowed. Likely causes are the options of the attention strategy, and damaged"
                        + " weights; \"atelier models verify\" finds those.");
    }

    private static AtelierException float16(String where) {
        return new AtelierException(
                Code.ENGINE_FAILED, where + "float16 overflowed in this network; use --dtype bfloat16 or float32.");
    }

    /** Checks the text embeddings of a prompt. */
    public Conditioning requireText(Conditioning conditioning, String prompt) {
        boolean finite = kernels.isFinite(conditioning.textEmbeddings())
                && conditioning.added().stream().allMatch(added -> kernels.isFinite(added.pooledTextEmbeddings()));
        if (finite) {
            return conditioning;
        }
        String where = "The text embeddings of \"%s\" contain NaN or infinity: ".formatted(prompt);
        throw precision == Precision.FLOAT16 ? float16(where) : damaged(where + "the text encoder");
    }

    /** Checks the clean latents of a reference image. */
    public static void requireEncoded(TorchKernels kernels, NDArray latents, int reference) {
        if (!kernels.isFinite(latents)) {
            throw damaged(
                    "The latents of reference %d contain NaN or infinity: the autoencoder".formatted(reference + 1));
        }
    }

    /** Checks the latents of the picture that an image starts from. */
    public NDArray requirePicture(NDArray latents, int image) {
        if (!kernels.isFinite(latents)) {
            throw damaged("The latents of the init image of prompt %d contain NaN or infinity: the autoencoder"
                    .formatted(image + 1));
        }
        return latents;
    }

    /** Checks the blend of several references. */
    public static void requireBlend(TorchKernels kernels, NDArray latents) {
        if (!kernels.isFinite(latents)) {
            throw new AtelierException(
                    Code.PLUGIN_FAILED,
                    "The blend of the references contains NaN or infinity; use another --blend, such as slerp.");
        }
    }

    /**
     * Checks a decoded image.
     *
     * @param what names the image, with its article
     */
    public static void requireDecoded(TorchKernels kernels, NDArray pixels, String what) {
        if (!kernels.isFinite(pixels)) {
            throw damaged(
                    "%s contains NaN or infinity: its latents are too large, as with a large guidance scale, or the autoencoder"
                            .formatted(what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1)));
        }
    }

    private static AtelierException damaged(String whereAndNetwork) {
        return new AtelierException(
                Code.ENGINE_FAILED,
                whereAndNetwork + " has damaged weights; compare them with \"atelier models verify\".");
    }
}
