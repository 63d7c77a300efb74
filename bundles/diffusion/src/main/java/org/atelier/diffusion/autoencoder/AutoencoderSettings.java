package org.atelier.diffusion.autoencoder;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.IntRange;
import org.atelier.models.json.Settings;

/**
 * An autoencoder's {@code config.json}.
 *
 * @param latentChannels channels of the latents
 * @param blockChannels channels of each level, from full resolution down
 * @param layersPerBlock residual blocks of each encoder level; the decoder has one more
 * @param groups number of groups of every group normalisation
 * @param scalingFactor the latents of the UNet are those of the encoder times this factor
 * @param convolvesLatents whether there are pointwise convolutions before and after the latents
 * @param attends whether the mid block has attention
 * @param sampleSize height and width of the images that the model was trained for
 */
public record AutoencoderSettings(
        int latentChannels,
        List<Integer> blockChannels,
        int layersPerBlock,
        int groups,
        double scalingFactor,
        boolean convolvesLatents,
        boolean attends,
        int sampleSize) {

    private static final int MAX_LEVELS = 8;
    private static final double MAX_SCALING_FACTOR = 1000;
    private static final IntRange SAMPLE_SIZE = new IntRange(1, 65_536);

    /**
     * Reads the settings of an autoencoder.
     *
     * @throws AtelierException MODEL_INVALID naming the settings that are not supported or not possible
     */
    public static AutoencoderSettings from(Settings settings) {
        settings.validator()
                .reading("latent_channels", "block_out_channels", "layers_per_block", "norm_num_groups")
                .reading("scaling_factor", "use_quant_conv", "use_post_quant_conv", "mid_block_add_attention")
                .reading("sample_size")
                // The autoencoder always computes in float32.
                .ignoring("force_upcast")
                .only("in_channels", 3)
                .only("out_channels", 3)
                .only("act_fn", "silu", "swish")
                .only("down_block_types", "DownEncoderBlock2D")
                .only("up_block_types", "UpDecoderBlock2D")
                .absent("latents_mean", "latents_std", "shift_factor")
                .throwIfUnsupported();
        List<Integer> channels = settings.integers("block_out_channels", IntRange.SIZE);
        int groups = settings.integer("norm_num_groups", 32, IntRange.SIZE);
        requireConsistent(settings, channels, groups);
        return new AutoencoderSettings(
                settings.integer("latent_channels", 4, IntRange.SIZE),
                channels,
                settings.integer("layers_per_block", 1, IntRange.COUNT),
                groups,
                settings.positive("scaling_factor", 0.18215, MAX_SCALING_FACTOR),
                settings.flag("use_quant_conv", true) && settings.flag("use_post_quant_conv", true),
                settings.flag("mid_block_add_attention", true),
                settings.integer("sample_size", 512, SAMPLE_SIZE));
    }

    private static void requireConsistent(Settings settings, List<Integer> channels, int groups) {
        if (channels.size() > MAX_LEVELS) {
            throw ModelFaults.in(settings.file(), "block_out_channels has more than " + MAX_LEVELS + " levels.");
        }
        for (String key : List.of("down_block_types", "up_block_types")) {
            if (settings.has(key) && settings.texts(key).size() != channels.size()) {
                throw ModelFaults.in(
                        settings.file(),
                        "%s has %d entries for the %d of block_out_channels."
                                .formatted(key, settings.texts(key).size(), channels.size()));
            }
        }
        for (int each : channels) {
            if (each % groups != 0) {
                throw ModelFaults.in(
                        settings.file(),
                        "block_out_channels has %d, which is not divisible by norm_num_groups = %d."
                                .formatted(each, groups));
            }
        }
    }

    int levels() {
        return blockChannels.size();
    }

    /** The VAE scale factor: pixels per latent along each side. */
    public int factor() {
        return 1 << (levels() - 1);
    }
}
