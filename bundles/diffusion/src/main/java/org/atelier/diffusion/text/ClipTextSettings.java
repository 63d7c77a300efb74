package org.atelier.diffusion.text;

import ai.djl.ndarray.NDArray;
import java.util.function.BiFunction;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.IntRange;
import org.atelier.models.json.Settings;
import org.atelier.tensor.TorchKernels;

/**
 * A CLIP text model's {@code config.json}.
 *
 * @param channels channels of the hidden states
 * @param forwardChannels inner channels of the feed-forward network
 * @param layers transformer layers
 * @param heads attention heads
 * @param positions maximum number of tokens
 * @param vocabulary number of token ids
 * @param projection channels of the pooled text embedding
 * @param endToken id of the token whose state is pooled; 2 means the largest id, as in legacy files
 * @param epsilon epsilon of the normalisations
 * @param activation activation of the feed-forward network
 */
public record ClipTextSettings(
        int channels,
        int forwardChannels,
        int layers,
        int heads,
        int positions,
        int vocabulary,
        int projection,
        int endToken,
        double epsilon,
        BiFunction<TorchKernels, NDArray, NDArray> activation) {

    /** A text has at least a begin and an end token. */
    private static final IntRange POSITIONS = new IntRange(2, 1_000_000);

    private static final IntRange TOKEN = new IntRange(0, 1_000_000);

    /**
     * Reads the settings of a text model.
     *
     * @throws AtelierException MODEL_INVALID naming the settings that are not supported or not possible
     */
    public static ClipTextSettings from(Settings settings) {
        settings.validator()
                .reading("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "hidden_act")
                .reading("max_position_embeddings", "vocab_size", "projection_dim", "eos_token_id", "layer_norm_eps")
                .ignoring("architectures", "model_type", "dtype", "torch_dtype", "transformers_version")
                .ignoring("attention_dropout", "dropout", "initializer_factor", "initializer_range")
                .ignoring("bos_token_id", "pad_token_id")
                .only("hidden_act", "gelu", "quick_gelu")
                .throwIfUnsupported();
        int channels = settings.integer("hidden_size", IntRange.SIZE);
        int heads = settings.integer("num_attention_heads", IntRange.SIZE);
        if (channels % heads != 0) {
            throw ModelFaults.in(
                    settings.file(),
                    "hidden_size = %d is not divisible by num_attention_heads = %d.".formatted(channels, heads));
        }
        return new ClipTextSettings(
                channels,
                settings.integer("intermediate_size", IntRange.SIZE),
                settings.integer("num_hidden_layers", IntRange.COUNT),
                heads,
                settings.integer("max_position_embeddings", 77, POSITIONS),
                settings.integer("vocab_size", IntRange.SIZE),
                settings.integer("projection_dim", 512, IntRange.SIZE),
                settings.integer("eos_token_id", 2, TOKEN),
                settings.positive("layer_norm_eps", 1e-5, 1),
                settings.text("hidden_act", "quick_gelu").equals("gelu")
                        ? TorchKernels::gelu
                        : TorchKernels::quickGelu);
    }
}
