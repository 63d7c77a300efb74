package org.atelier.diffusion.autoencoder;

import java.util.List;
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
        return new AutoencoderSettings(
                settings.integer("latent_channels", 4),
                settings.integers("block_out_channels"),
                settings.integer("layers_per_block", 1),
                settings.integer("norm_num_groups", 32),
                settings.number("scaling_factor", 0.18215),
                settings.flag("use_quant_conv", true) && settings.flag("use_post_quant_conv", true),
                settings.flag("mid_block_add_attention", true),
                settings.integer("sample_size", 512));
    }

    int levels() {
        return blockChannels.size();
    }

    /** The VAE scale factor: pixels per latent along each side. */
    public int factor() {
        return 1 << (levels() - 1);
    }
}
