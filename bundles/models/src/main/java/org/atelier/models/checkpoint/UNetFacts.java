package org.atelier.models.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.models.ModelFaults;
import org.atelier.models.safetensors.TensorEntry;

/**
 * What the shapes of a UNet say.
 *
 * @param inputChannels of its first convolution
 * @param textChannels of the text embeddings; 0 if it has no cross-attention
 * @param labelled whether it has an embedding of pooled text, or of an image
 * @param guidanceChannels of the embedding of the guidance scale; 0 if it has none
 * @param depths transformer blocks by place: {@code input_blocks.4} or {@code middle_block}
 */
record UNetFacts(
        long inputChannels, long textChannels, boolean labelled, long guidanceChannels, Map<String, Integer> depths) {

    static final String FIRST = "input_blocks.0.0.weight";
    private static final Pattern BLOCK =
            Pattern.compile("((?:input|output)_blocks\\.\\d+|middle_block)\\.1\\.transformer_blocks\\.(\\d{1,3})\\..*");
    private static final String TEXT_KEYS = ".attn2.to_k.weight";
    private static final String GUIDANCE = "time_embed.cond_proj.weight";

    /** The embedding of pooled text or of an image, in original names; that of an image in diffusers' names. */
    private static final List<String> LABELS = List.of("label_emb.0.0.weight", "class_embedding.linear_1.weight");

    UNetFacts {
        depths = Map.copyOf(depths);
    }

    /** @param tensors by original names, with {@link #FIRST} */
    static UNetFacts of(Path file, Map<String, TensorEntry> tensors) {
        TensorEntry first = tensors.get(FIRST);
        if (first.shape().size() != 4) {
            throw ModelFaults.in(file, FIRST + " is not a convolution; fetch the model again.");
        }
        long text = 0;
        Map<String, Integer> depths = new HashMap<>();
        for (Map.Entry<String, TensorEntry> tensor : tensors.entrySet()) {
            Matcher block = BLOCK.matcher(tensor.getKey());
            if (block.matches()) {
                depths.merge(block.group(1), Integer.parseInt(block.group(2)) + 1, Math::max);
            }
            List<Long> shape = tensor.getValue().shape();
            if (tensor.getKey().endsWith(TEXT_KEYS) && shape.size() == 2) {
                text = shape.get(1);
            }
        }
        boolean labelled = LABELS.stream().anyMatch(tensors::containsKey);
        List<Long> guidance =
                tensors.containsKey(GUIDANCE) ? tensors.get(GUIDANCE).shape() : List.of();
        long guidanceChannels = guidance.size() == 2 ? guidance.get(1) : 0;
        return new UNetFacts(first.shape().get(1), text, labelled, guidanceChannels, depths);
    }

    /** The depths of the encoder's transformers at the places, then that of the middle block. */
    List<Integer> depthsAt(String... places) {
        List<Integer> found = new ArrayList<>();
        for (String place : places) {
            found.add(depths.getOrDefault(place, 0));
        }
        return found;
    }
}
