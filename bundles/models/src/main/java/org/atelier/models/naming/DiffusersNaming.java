package org.atelier.models.naming;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.models.safetensors.TensorEntry;

/** The tensor names of diffusers and transformers, old and new. */
public enum DiffusersNaming implements TensorNaming {
    /** Keeps every name. */
    AS_STORED {
        @Override
        public List<TensorEntry> tensorsOf(TensorEntry stored) {
            return List.of(stored);
        }
    },

    /**
     * The transformers of Stable Diffusion 1.x store their projections as 1x1 convolutions, which are the same matrices.
     */
    UNET {
        @Override
        public List<TensorEntry> tensorsOf(TensorEntry stored) {
            return List.of(PROJECTION.matcher(stored.name()).matches() ? linear(stored) : stored);
        }
    },

    /** transformers 5 saves CLIPTextModel without the prefix {@code text_model.} that all other writers use. */
    CLIP_TEXT {
        @Override
        public List<TensorEntry> tensorsOf(TensorEntry stored) {
            String name = stored.name();
            if (name.endsWith("embeddings.position_ids")) {
                return List.of();
            }
            boolean bare =
                    Stream.of("embeddings.", "encoder.", "final_layer_norm.").anyMatch(name::startsWith);
            return List.of(bare ? stored.named("text_model." + name) : stored);
        }
    },

    /**
     * Files from before diffusers 0.13 use other names for the attention of the autoencoder, and some store its
     * matrices as 1x1 convolutions.
     */
    AUTOENCODER {
        @Override
        public List<TensorEntry> tensorsOf(TensorEntry stored) {
            Matcher attention = ATTENTION.matcher(stored.name());
            if (!attention.matches()) {
                return List.of(stored);
            }
            String projection = OLD_PROJECTIONS.getOrDefault(attention.group(2), attention.group(2));
            return List.of(linear(stored).named(attention.group(1) + projection + attention.group(3)));
        }
    };

    private static final Pattern PROJECTION = Pattern.compile(".*\\.attentions\\.\\d+\\.proj_(?:in|out)\\.weight");

    private static final Map<String, String> OLD_PROJECTIONS =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    private static final Pattern ATTENTION = Pattern.compile(
            "(.*\\.attentions\\.\\d+\\.)(query|key|value|proj_attn|to_q|to_k|to_v|to_out\\.0)(\\.(?:weight|bias))");

    private static TensorEntry linear(TensorEntry stored) {
        List<Long> shape = stored.shape();
        boolean pointwise = shape.size() == 4 && shape.get(2) == 1 && shape.get(3) == 1;
        return pointwise ? stored.shaped(shape.subList(0, 2)) : stored;
    }
}
