package org.atelier.models.naming;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.models.safetensors.TensorEntry;

/**
 * The tensor names of a text encoder in OpenCLIP, without their prefix. The projections of an attention are in one
 * tensor, and the projection of the pooled text is stored transposed.
 */
public final class OpenClipNaming implements TensorNaming {

    private static final String TEXT_MODEL = "text_model.";
    private static final Pattern LAYER = Pattern.compile("transformer\\.resblocks\\.(\\d{1,3})\\.(.+)");
    private static final Pattern FUSED = Pattern.compile("attn\\.in_proj_(weight|bias)");

    private static final Renaming EDGES = new Renaming()
            .with("token_embedding", "text_model.embeddings.token_embedding")
            .with("positional_embedding", "text_model.embeddings.position_embedding.weight")
            .with("ln_final", "text_model.final_layer_norm");
    private static final Renaming INNER = new Renaming()
            .with("ln_1", "layer_norm1")
            .with("ln_2", "layer_norm2")
            .with("attn.out_proj", "self_attn.out_proj")
            .with("mlp.c_fc", "mlp.fc1")
            .with("mlp.c_proj", "mlp.fc2");

    private final int layers;
    private final boolean projection;

    /**
     * @param layers layers of the network; the file may have more, which its model never computes
     * @param projection whether the network projects the pooled text
     */
    public OpenClipNaming(int layers, boolean projection) {
        this.layers = layers;
        this.projection = projection;
    }

    @Override
    public List<TensorEntry> tensorsOf(TensorEntry stored) {
        String name = stored.name();
        if (name.equals("logit_scale") || name.endsWith("position_ids") || name.equals("attn_mask")) {
            return List.of();
        }
        if (name.equals("text_projection") || name.equals("text_projection.weight")) {
            return projection ? List.of(projection(stored)) : List.of();
        }
        Matcher layer = LAYER.matcher(name);
        if (!layer.matches()) {
            return List.of(stored.named(EDGES.toDiffusers(name).orElse(name)));
        }
        if (Integer.parseInt(layer.group(1)) >= layers) {
            return List.of();
        }
        String begin = TEXT_MODEL + "encoder.layers." + layer.group(1) + ".";
        Matcher fused = FUSED.matcher(layer.group(2));
        if (fused.matches() && isDivisible(stored)) {
            String kind = "_proj." + fused.group(1);
            String attention = begin + "self_attn.";
            return stored.split(attention + "q" + kind, attention + "k" + kind, attention + "v" + kind);
        }
        Optional<String> inner = INNER.toDiffusers(layer.group(2));
        return List.of(stored.named(inner.map(begin::concat).orElse(name)));
    }

    private static boolean isDivisible(TensorEntry stored) {
        return !stored.shape().isEmpty() && stored.shape().get(0) % 3 == 0;
    }

    /** OpenCLIP multiplies from the right; a file of a linear layer, named {@code .weight}, does not. */
    private static TensorEntry projection(TensorEntry stored) {
        boolean matrix = stored.shape().size() == 2 && stored.name().equals("text_projection");
        return (matrix ? stored.transpose() : stored).named("text_projection.weight");
    }

    /** The name in OpenCLIP of a tensor of transformers; that of the fused tensor for a part of it. */
    public static Optional<String> originalName(String transformers) {
        if (transformers.equals("text_projection.weight")) {
            return Optional.of("text_projection");
        }
        String begin = TEXT_MODEL + "encoder.layers.";
        if (!transformers.startsWith(begin)) {
            return EDGES.toOriginal(transformers);
        }
        String[] parts = transformers.substring(begin.length()).split("\\.", 2);
        Matcher projection =
                Pattern.compile("self_attn\\.[qkv]_proj\\.(weight|bias)").matcher(parts.length == 2 ? parts[1] : "");
        Optional<String> inner = projection.matches()
                ? Optional.of("attn.in_proj_" + projection.group(1))
                : INNER.toOriginal(parts.length == 2 ? parts[1] : "");
        return inner.map(name -> "transformer.resblocks." + parts[0] + "." + name);
    }
}
