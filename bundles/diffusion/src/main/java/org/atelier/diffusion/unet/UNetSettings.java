package org.atelier.diffusion.unet;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.json.ConfigValidator;
import org.atelier.models.json.IntRange;
import org.atelier.models.json.Settings;

/**
 * A UNet's {@code config.json}.
 *
 * @param inChannels channels of the input: the latents, for {@link #inpaints inpainting} also mask and masked image
 * @param outChannels channels of the prediction
 * @param blockChannels channels of each level, from full resolution down
 * @param attends whether each level has attention
 * @param depths transformer blocks per spatial transformer of each level, in the down blocks
 * @param upDepths the same for the up blocks, from the lowest level: one number per layer of a level
 * @param headCounts number of attention heads of each level
 * @param layersPerBlock residual blocks of each down block; up blocks have one more
 * @param textChannels channels of the text embeddings
 * @param groups number of groups of every group normalisation
 * @param epsilon epsilon of the normalisations in the residual blocks
 * @param additionalEmbedding additional conditioning; empty for none
 * @param cosineFirst whether the cosines come first in the sinusoidal timestep embedding
 * @param frequencyShift frequency shift of the sinusoidal timestep embedding
 * @param sampleSize height and width of the latents in training
 * @param guidanceChannels channels of the embedding of the guidance scale, {@code time_cond_proj_dim}; 0 for none
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
        int sampleSize,
        int guidanceChannels) {

    private static final int MAX_LEVELS = 8;
    private static final IntRange GUIDANCE_CHANNELS = new IntRange(4, 1_000_000);
    private static final IntRange SAMPLE_SIZE = new IntRange(1, 8192);

    /** A level without transformer blocks is possible. */
    private static final IntRange DEPTH = new IntRange(0, 1000);

    private static final String DOWN_BLOCK = "DownBlock2D";
    private static final String CROSS_ATTENTION_DOWN_BLOCK = "CrossAttnDownBlock2D";
    private static final String MID_BLOCK = "mid_block_type";
    private static final String UP_BLOCK = "UpBlock2D";
    private static final String CROSS_ATTENTION_UP_BLOCK = "CrossAttnUpBlock2D";

    /**
     * Reads the settings of a UNet.
     *
     * @param family defines the additional conditioning and the default sample size
     * @throws AtelierException MODEL_INVALID naming every unsupported setting
     */
    public static UNetSettings from(Settings settings, ModelFamily family) {
        validateDownBlocks(settings, family)
                .reading("out_channels", "sample_size", "time_cond_proj_dim")
                .ignoring("dropout")
                .always("up_block_types", UP_BLOCK, CROSS_ATTENTION_UP_BLOCK)
                .only("conv_in_kernel", 3)
                .only("conv_out_kernel", 3)
                .only("resnet_out_scale_factor", 1)
                .only("time_embedding_type", "positional")
                .only("attention_type", "default")
                .absent("center_input_sample", "dual_cross_attention", "cross_attention_norm")
                .absent("class_embeddings_concat", "reverse_transformer_layers_per_block")
                .absent("time_embedding_dim", "time_embedding_act_fn", "timestep_post_act")
                .absent("resnet_skip_time_act", "mid_block_only_cross_attention")
                .throwIfUnsupported();
        UNetSettings unet = fromDownBlocks(
                settings,
                family,
                settings.integer("out_channels", IntRange.SIZE),
                settings.integer("sample_size", family.defaults().sampleSize(), SAMPLE_SIZE));
        unet.requireMatchingUpBlocks(settings);
        return unet;
    }

    /** Declares the supported settings of down blocks and mid block, which a ControlNet has too. */
    static ConfigValidator validateDownBlocks(Settings settings, ModelFamily family) {
        ConfigValidator validator = settings.validator();
        if (settings.keys().contains(MID_BLOCK)) {
            // A null would mean no mid block.
            validator.always(MID_BLOCK, "UNetMidBlock2DCrossAttn");
        }
        validator
                .reading("in_channels", "block_out_channels", "transformer_layers_per_block")
                .reading("layers_per_block", "cross_attention_dim", "norm_num_groups", "norm_eps")
                .reading("attention_head_dim", "num_attention_heads", "flip_sin_to_cos", "freq_shift")
                .always("down_block_types", DOWN_BLOCK, CROSS_ATTENTION_DOWN_BLOCK)
                .only("act_fn", "silu", "swish")
                // A projection by a 1x1 convolution has the same matrix.
                .ignoring("use_linear_projection")
                .only("downsample_padding", 1)
                .only("mid_block_scale_factor", 1)
                .only("resnet_time_scale_shift", "default")
                // Attention scores are always kept in float32.
                .ignoring("upcast_attention")
                .absent("only_cross_attention", "class_embed_type", "num_class_embeds")
                .absent("encoder_hid_dim", "encoder_hid_dim_type");
        return family.timeIds().isEmpty()
                ? validator.absent("addition_embed_type").ignoring("addition_embed_type_num_heads")
                : validator
                        .always("addition_embed_type", "text_time")
                        .reading("addition_time_embed_dim", "projection_class_embeddings_input_dim")
                        .ignoring("addition_embed_type_num_heads");
    }

    /** Derives all settings from those of the down blocks; the up blocks mirror them. */
    static UNetSettings fromDownBlocks(Settings settings, ModelFamily family, int outChannels, int sampleSize) {
        List<Integer> channels = settings.integers("block_out_channels", IntRange.SIZE);
        int levels = channels.size();
        require(settings, levels <= MAX_LEVELS, "block_out_channels has more than " + MAX_LEVELS + " levels");
        List<Boolean> attends = settings.texts("down_block_types").stream()
                .map(CROSS_ATTENTION_DOWN_BLOCK::equals)
                .toList();
        List<Integer> depths = settings.has("transformer_layers_per_block")
                ? perLevel(settings.integers("transformer_layers_per_block", DEPTH), levels)
                : Collections.nCopies(levels, 1);
        int layersPerBlock = settings.integer("layers_per_block", IntRange.COUNT);
        String headKey = settings.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
        UNetSettings unet = new UNetSettings(
                settings.integer("in_channels", IntRange.SIZE),
                outChannels,
                channels,
                attends,
                depths,
                upDepths(depths, layersPerBlock),
                perLevel(settings.integers(headKey, IntRange.SIZE), levels),
                layersPerBlock,
                settings.integer("cross_attention_dim", IntRange.SIZE),
                settings.integer("norm_num_groups", 32, IntRange.SIZE),
                settings.positive("norm_eps", 1e-5, 1),
                additionalEmbedding(settings, family.timeIds().size()),
                settings.flag("flip_sin_to_cos", true),
                settings.number("freq_shift", 0),
                sampleSize,
                settings.integer("time_cond_proj_dim", 0, GUIDANCE_CHANNELS));
        unet.requireConsistent(settings, headKey);
        return unet;
    }

    private static Optional<AdditionalEmbeddingSettings> additionalEmbedding(Settings settings, int timeIds) {
        if (timeIds == 0) {
            return Optional.empty();
        }
        int timeIdChannels = settings.integer("addition_time_embed_dim", IntRange.SIZE);
        int channels = settings.integer("projection_class_embeddings_input_dim", IntRange.SIZE);
        require(settings, timeIdChannels % 2 == 0, "addition_time_embed_dim = " + timeIdChannels + " is not even");
        require(
                settings,
                channels > timeIds * timeIdChannels,
                "addition_time_embed_dim = %d for each of %d time ids leaves no channel of projection_class_embeddings_input_dim = %d for the text"
                        .formatted(timeIdChannels, timeIds, channels));
        return Optional.of(
                new AdditionalEmbeddingSettings(channels - timeIds * timeIdChannels, timeIds, timeIdChannels));
    }

    /** The up blocks have the levels in reverse; every layer of a level has the depth of that level. */
    private static List<List<Integer>> upDepths(List<Integer> depths, int layersPerBlock) {
        return IntStream.range(0, depths.size())
                .mapToObj(block -> Collections.nCopies(layersPerBlock + 1, depths.get(depths.size() - 1 - block)))
                .toList();
    }

    private static List<Integer> perLevel(List<Integer> values, int levels) {
        return values.size() == 1 ? Collections.nCopies(levels, values.get(0)) : values;
    }

    private void requireConsistent(Settings settings, String headKey) {
        requirePerLevel(settings, attends.size(), "down_block_types");
        requirePerLevel(settings, headCounts.size(), headKey);
        requirePerLevel(settings, depths.size(), "transformer_layers_per_block");
        for (int level = 0; level < levels(); level++) {
            int channels = channels(level);
            requireDivisible(settings, channels, groups, "norm_num_groups");
            boolean hasHeads = attends.get(level) || level == levels() - 1;
            requireDivisible(settings, channels, hasHeads ? heads(level) : 1, headKey);
        }
        require(
                settings,
                channels(0) % 2 == 0,
                "block_out_channels begins with " + channels(0) + ", which is not even");
        require(settings, guidanceChannels % 2 == 0, "time_cond_proj_dim = " + guidanceChannels + " is not even");
        requireFrequencyShift(settings, channels(0));
        additionalEmbedding.ifPresent(own -> requireFrequencyShift(settings, own.timeIdChannels()));
    }

    private void requireFrequencyShift(Settings settings, int channels) {
        require(
                settings,
                frequencyShift >= 0 && frequencyShift < channels / 2.0,
                "freq_shift = " + frequencyShift + " is not from 0 to less than half of " + channels + " channels");
    }

    private void requireMatchingUpBlocks(Settings settings) {
        List<String> up = settings.texts("up_block_types");
        requirePerLevel(settings, up.size(), "up_block_types");
        for (int block = 0; block < levels(); block++) {
            boolean upBlockAttends = up.get(block).equals(CROSS_ATTENTION_UP_BLOCK);
            require(
                    settings,
                    upBlockAttends == attends.get(levels() - 1 - block),
                    "up_block_types does not mirror down_block_types");
        }
    }

    private void requirePerLevel(Settings settings, int count, String key) {
        require(
                settings,
                count == levels(),
                key + " has %d entries for the %d of block_out_channels".formatted(count, levels()));
    }

    private static void requireDivisible(Settings settings, int channels, int divisor, String key) {
        require(
                settings,
                channels % divisor == 0,
                "block_out_channels has %d, which is not divisible by %s = %d".formatted(channels, key, divisor));
    }

    private static void require(Settings settings, boolean consistent, String fault) {
        if (!consistent) {
            throw ModelFaults.in(settings.file(), fault + ".");
        }
    }

    /**
     * Whether this UNet was trained for inpainting: its input is the noisy latents, a mask, and the latents of the masked
     * image.
     */
    public boolean inpaints() {
        return inChannels == 2 * outChannels + 1;
    }

    /** Whether the network receives the guidance scale; then there is no classifier-free guidance. */
    public boolean embedsGuidance() {
        return guidanceChannels > 0;
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

    /** Channels of the timestep embedding. */
    int timeChannels() {
        return 4 * blockChannels.get(0);
    }
}
