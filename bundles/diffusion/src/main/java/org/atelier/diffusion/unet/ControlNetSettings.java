package org.atelier.diffusion.unet;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.Settings;

/**
 * A ControlNet's {@code config.json}.
 *
 * @param unet the UNet whose way down it copies; of the way up its configuration says nothing
 * @param embeddingChannels of the control image's embedding, at full size and after each halving
 * @param bgr whether it was trained with the image's channels in reverse
 */
public record ControlNetSettings(UNetSettings unet, List<Integer> embeddingChannels, boolean bgr) {

    private static final String EMBEDDING_CHANNELS = "conditioning_embedding_out_channels";
    private static final List<Integer> USUAL_EMBEDDING_CHANNELS = List.of(16, 32, 96, 256);

    /**
     * Reads a ControlNet's settings.
     *
     * @param family of the models that it controls
     * @throws AtelierException that names every setting which asks for another network than this one
     */
    public static ControlNetSettings from(Settings settings, ModelFamily family) {
        UNetSettings.validateDownBlocks(settings, family)
                .reading(EMBEDDING_CHANNELS)
                .only("conditioning_channels", 3)
                .only("controlnet_conditioning_channel_order", "rgb", "bgr")
                .absent("global_pool_conditions")
                .throwIfUnsupported();
        UNetSettings unet = UNetSettings.fromDownBlocks(settings, family, settings.integer("in_channels"), 0);
        return new ControlNetSettings(
                unet,
                settings.has(EMBEDDING_CHANNELS) ? settings.integers(EMBEDDING_CHANNELS) : USUAL_EMBEDDING_CHANNELS,
                settings.text("controlnet_conditioning_channel_order", "rgb").equals("bgr"));
    }

    /** Pixels of the control image on each side of a latent. */
    int factor() {
        return 1 << (embeddingChannels.size() - 1);
    }

    /**
     * Refuses a model that this network was not trained for.
     *
     * @param file where these settings stand
     * @param factor pixels on each side of the model's latents
     * @throws AtelierException MODEL_INVALID, one line that names what differs
     */
    public void requireCompatible(UNetSettings model, int factor, Path file) {
        requireSame(file, "block_out_channels", unet.blockChannels(), model.blockChannels());
        requireSame(file, "layers_per_block", unet.layersPerBlock(), model.layersPerBlock());
        requireSame(file, "in_channels", unet.inChannels(), model.inChannels());
        requireSame(file, "cross_attention_dim", unet.textChannels(), model.textChannels());
        requireSame(file, "the pooled text's channels", pooledTextChannels(unet), pooledTextChannels(model));
        requireSame(file, "the pixels on each side of a latent", factor(), factor);
    }

    private static int pooledTextChannels(UNetSettings settings) {
        return settings.additionalEmbedding()
                .map(AdditionalEmbeddingSettings::pooledTextChannels)
                .orElse(0);
    }

    private static void requireSame(Path file, String what, Object own, Object models) {
        if (!own.equals(models)) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    file + ": this ControlNet does not fit the model: " + what + " " + own + ", the model's " + models
                            + "; take a ControlNet that was trained for this model.");
        }
    }
}
