package org.atelier.diffusion.unet;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.IntRange;
import org.atelier.models.json.Settings;

/**
 * A ControlNet's {@code config.json}.
 *
 * @param unet settings of the UNet whose down blocks it copies; its configuration does not define up blocks
 * @param embeddingChannels channels of the conditioning embedding at full size and after each halving
 * @param bgr whether the channel order of the control image is BGR
 */
public record ControlNetSettings(UNetSettings unet, List<Integer> embeddingChannels, boolean bgr) {

    private static final String EMBEDDING_CHANNELS = "conditioning_embedding_out_channels";
    private static final List<Integer> DEFAULT_EMBEDDING_CHANNELS = List.of(16, 32, 96, 256);

    /**
     * Reads a ControlNet's settings.
     *
     * @param family of the controlled models
     * @throws AtelierException MODEL_INVALID naming every unsupported setting
     */
    public static ControlNetSettings from(Settings settings, ModelFamily family) {
        UNetSettings.validateDownBlocks(settings, family)
                .reading(EMBEDDING_CHANNELS)
                .only("conditioning_channels", 3)
                .only("controlnet_conditioning_channel_order", "rgb", "bgr")
                .absent("global_pool_conditions")
                .throwIfUnsupported();
        UNetSettings unet =
                UNetSettings.fromDownBlocks(settings, family, settings.integer("in_channels", IntRange.SIZE), 0);
        return new ControlNetSettings(
                unet,
                settings.has(EMBEDDING_CHANNELS)
                        ? settings.integers(EMBEDDING_CHANNELS, IntRange.SIZE)
                        : DEFAULT_EMBEDDING_CHANNELS,
                settings.text("controlnet_conditioning_channel_order", "rgb").equals("bgr"));
    }

    /** Pixels of the control image per latent along each side. */
    int factor() {
        return 1 << (embeddingChannels.size() - 1);
    }

    /**
     * Checks that this ControlNet fits a model.
     *
     * @param file file of these settings
     * @param factor VAE scale factor of the model
     * @throws AtelierException MODEL_INVALID naming the difference
     */
    public void requireCompatible(UNetSettings model, int factor, Path file) {
        requireSame(file, "block_out_channels", unet.blockChannels(), model.blockChannels());
        requireSame(file, "layers_per_block", unet.layersPerBlock(), model.layersPerBlock());
        // A ControlNet of an inpainting model receives the noisy latents only.
        requireSame(file, "in_channels", unet.inChannels(), model.outChannels());
        requireSame(file, "cross_attention_dim", unet.textChannels(), model.textChannels());
        requireSame(
                file,
                "the channels of the pooled text embeddings",
                pooledTextChannels(unet),
                pooledTextChannels(model));
        requireSame(file, "the VAE scale factor", factor(), factor);
    }

    private static int pooledTextChannels(UNetSettings settings) {
        return settings.additionalEmbedding()
                .map(AdditionalEmbeddingSettings::pooledTextChannels)
                .orElse(0);
    }

    private static void requireSame(Path file, String what, Object own, Object model) {
        if (!own.equals(model)) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    file + ": this ControlNet does not fit the model: " + what + " " + own + ", the model's " + model
                            + "; use a ControlNet that was trained for this model.");
        }
    }
}
