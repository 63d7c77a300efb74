package org.atelier.models.lora;

import java.util.Optional;
import java.util.regex.Pattern;

/** Files that resemble a LoRA but are another kind of network, or for another architecture. */
enum UnsupportedAdapter {
    LOHA("a LoHa, whose factors are joined by a Hadamard product", "hada_[wt]\\d"),
    LOKR("a LoKr, whose factors are joined by a Kronecker product", "lokr_[wt]\\d"),
    OFT("an OFT or BOFT, which rotates the weights", "\\.oft_(?:blocks|diag|R)\\b|\\bboft_"),
    GLORA("a GLoRA, which has four factors", "\\.[ab][12]\\.weight$"),
    IA3("an (IA)\u00b3, which scales activations", "\\.on_input$"),
    DORA("a DoRA, which also has a magnitude", "dora_scale|lora_magnitude_vector"),
    DIFFERENCE("of full differences of weights, not of low rank", "\\.(?:diff|diff_b|set_weight|[wb]_norm)$"),
    BIAS("a LoRA with biases", "\\.lora_(?:B|up|down|A)(?:\\.[A-Za-z0-9_-]+)?\\.bias$|\\.lora\\.(?:up|down)\\.bias$"),
    EMBEDDING("a LoRA of token embeddings", "lora_embedding_[AB]"),
    CONTROL_NET("a LoRA of a ControlNet", "lora_controlnet"),
    DIT(
            "a LoRA of a diffusion transformer, such as FLUX or Stable Diffusion 3",
            "^lora_transformer_|^transformer\\."
                    + "|[._](?:double|single|joint)_blocks[._]|^lora_te3_|^text_encoder_3\\."),
    PRIOR("a LoRA of a prior, as of Stable Cascade or Kandinsky", "^lora_prior_|^prior\\."),
    BUNDLE("a LoRA bundled with textual inversions", "^bundle_emb\\.");

    private final String title;
    private final Pattern key;

    UnsupportedAdapter(String title, String key) {
        this.title = title;
        this.key = Pattern.compile(key);
    }

    /** The kind that a key gives away, if any. */
    static Optional<UnsupportedAdapter> of(String key) {
        for (UnsupportedAdapter kind : values()) {
            if (kind.key.matcher(key).find()) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** What the file is, after "is". */
    String title() {
        return title;
    }
}
