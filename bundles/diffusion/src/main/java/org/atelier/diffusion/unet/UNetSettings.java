package org.atelier.diffusion.unet;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.ConfigValidator;
import org.atelier.models.json.Settings;

/**
 * A UNet's {@code config.json}: all that decides its shape.
 *
 * @param inChannels of the latents
 * @param outChannels of the prediction
 * @param blockChannels of each level, from the full resolution down
 * @param attends whether each level has attention
 * @param depths transformer blocks at each attention of a level, going down
 * @param upDepths the same going up, from the lowest level: one number for each of a level's layers
 * @param headCounts attention heads of each level
 * @param layersPerBlock residual blocks of a level going down; one more going up
 * @param textChannels of the text embeddings
 * @param groups of every group normalisation
 * @param epsilon of the residual blocks' normalisations
 * @param additionalEmbedding what it is given besides text embeddings and timestep; empty for nothing
 * @param cosineFirst order of the timestep's sinusoid
 * @param frequencyShift of the timestep's sinusoid
 * @param sampleSize height and width of the latents that the model was trained for
 */
public record UNetSettings(
        int inChannels,
        int outChannels,
        List<Integer> blockChannels,
        List<Boolean> attends,
        List<Integer> depths,
        List<List<Integer>> upDepths,
        List<Integer> headCounts,
        int layersPerBlock,
        int textChannels,
        int groups,
        double epsilon,
        Optional<AdditionalEmbeddingSettings> additionalEmbedding,
        boolean cosineFirst,
        double frequencyShift,
        int sampleSize) {

    private static final String PLAIN_DOWN = "DownBlock2D";
    private static final String ATTENDING_DOWN = "CrossAttnDownBlock2D";
    private static final String PLAIN_UP = "UpBlock2D";
    private static final String ATTENDING_UP = "CrossAttnUpBlock2D";

    /**
     * Reads a UNet's settings.
     *
     * @param family says what the network is given, and for which size it was trained where the settings do not say
     * @throws AtelierException that names every setting which asks for another network than this one
     */
    public static UNetSettings from(Settings settings, ModelFamily family) {
        validateDownBlocks(settings, family)
                .reading("out_channels", "sample_size")
                .ignoring("dropout")
                .always("up_block_types", PLAIN_UP, ATTENDING_UP)
                .only("conv_in_kernel", 3)
                .only("conv_out_kernel", 3)
                .only("resnet_out_scale_factor", 1)
                .only("time_embedding_type", "positional")
                .only("attention_type", "default")
                .absent("center_input_sample", "dual_cross_attention", "cross_attention_norm")
                .absent("class_embeddings_concat", "reverse_transformer_layers_per_block")
                .absent("time_embedding_dim", "time_embedding_act_fn", "timestep_post_act", "time_cond_proj_dim")
                .absent("resnet_skip_time_act", "mid_block_only_cross_attention")
                .throwIfUnsupported();
        UNetSettings read = fromDownBlocks(
                settings,
                family,
                settings.integer("out_channels"),
                settings.integer("sample_size", family.defaults().sampleSize()));
        read.requireMatchingUpBlocks(settings);
        return read;
    }

    /** What is known of the settings for the way down and the middle, which a ControlNet has too. */
    static ConfigValidator validateDownBlocks(Settings settings, ModelFamily family) {
        ConfigValidator validator = settings.validator()
                .reading("in_channels", "block_out_channels", "transformer_layers_per_block")
                .reading("layers_per_block", "cross_attention_dim", "norm_num_groups", "norm_eps")
                .reading("attention_head_dim", "num_attention_heads", "flip_sin_to_cos", "freq_shift")
                .always("down_block_types", PLAIN_DOWN, ATTENDING_DOWN)
                .always("mid_block_type", "UNetMidBlock2DCrossAttn")
                .only("act_fn", "silu", "swish")
                .always("use_linear_projection", true)
                .only("downsample_padding", 1)
                .only("mid_block_scale_factor", 1)
                .only("resnet_time_scale_shift", "default")
                // Mixed precision keeps the scores of attention in float32 by itself.
                .ignoring("upcast_attention")
                .absent("only_cross_attention", "class_embed_type", "num_class_embeds")
                .absent("encoder_hid_dim", "encoder_hid_dim_type");
        return family.timeIds().isEmpty()
                ? validator.absent("addition_embed_type")
                : validator
                        .always("addition_embed_type", "text_time")
                        .reading("addition_time_embed_dim", "projection_class_embeddings_input_dim")
                        .ignoring("addition_embed_type_num_heads");
    }

    /** Read from the settings for the way down alone: going up is the same in reverse. */
    static UNetSettings fromDownBlocks(Settings settings, ModelFamily family, int outChannels, int sampleSize) {
        List<Integer> channels = settings.integers("block_out_channels");
        int levels = channels.size();
        List<Boolean> attends = settings.texts("down_block_types").stream()
                .map(ATTENDING_DOWN::equals)
                .toList();
        List<Integer> depths = settings.has("transformer_layers_per_block")
                ? perLevel(settings.integers("transformer_layers_per_block"), levels)
                : Collections.nCopies(levels, 1);
        int layersPerBlock = settings.integer("layers_per_block");
        String headKey = settings.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
        UNetSettings read = new UNetSettings(
                settings.integer("in_channels"),
                outChannels,
                channels,
                attends,
                depths,
                upDepths(depths, layersPerBlock),
                perLevel(settings.integers(headKey), levels),
                layersPerBlock,
                settings.integer("cross_attention_dim"),
                settings.integer("norm_num_groups", 32),
                settings.number("norm_eps", 1e-5),
                additionalEmbedding(settings, family.timeIds().size()),
                settings.flag("flip_sin_to_cos", true),
                settings.number("freq_shift", 0),
                sampleSize);
        read.requireConsistent(settings);
        return read;
    }

    private static Optional<AdditionalEmbeddingSettings> additionalEmbedding(Settings settings, int timeIds) {
        if (timeIds == 0) {
            return Optional.empty();
        }
        int timeIdChannels = settings.integer("addition_time_embed_dim");
        int channels = settings.integer("projection_class_embeddings_input_dim");
        return Optional.of(
                new AdditionalEmbeddingSettings(channels - timeIds * timeIdChannels, timeIds, timeIdChannels));
    }

    /** Going up, the levels come in reverse; each of a level's layers has the level's depth. */
    private static List<List<Integer>> upDepths(List<Integer> depths, int layersPerBlock) {
        return IntStream.range(0, depths.size())
                .mapToObj(block -> Collections.nCopies(layersPerBlock + 1, depths.get(depths.size() - 1 - block)))
                .toList();
    }

    private static List<Integer> perLevel(List<Integer> values, int levels) {
        return values.size() == 1 ? Collections.nCopies(levels, values.get(0)) : values;
    }

    private void requireConsistent(Settings settings) {
        require(settings, attends.size() == levels(), "down_block_types");
        require(settings, headCounts.size() == levels(), "attention_head_dim");
        require(settings, depths.size() == levels(), "transformer_layers_per_block");
    }

    private void requireMatchingUpBlocks(Settings settings) {
        List<String> up = settings.texts("up_block_types");
        require(settings, up.size() == levels(), "up_block_types");
        for (int block = 0; block < levels(); block++) {
            boolean attendsGoingUp = up.get(block).equals(ATTENDING_UP);
            require(settings, attendsGoingUp == attends.get(levels() - 1 - block), "up_block_types");
        }
    }

    private static void require(Settings settings, boolean consistent, String key) {
        if (!consistent) {
            throw new AtelierException(
                    AtelierException.Code.MODEL_INVALID,
                    settings.file() + ": " + key + " does not fit block_out_channels and the other blocks.");
        }
    }

    int levels() {
        return blockChannels.size();
    }

    int channels(int level) {
        return blockChannels.get(level);
    }

    int heads(int level) {
        return headCounts.get(level);
    }

    /** Channels of the timestep's embedding. */
    int timeChannels() {
        return 4 * blockChannels.get(0);
    }
}
