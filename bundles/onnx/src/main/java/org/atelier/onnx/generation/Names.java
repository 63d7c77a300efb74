package org.atelier.onnx.generation;

/** What the exports of decoders call their inputs and outputs. */
final class Names {

    static final String TOKENS = "input_ids";
    static final String MASK = "attention_mask";
    static final String LOGITS = "logits";
    static final String CACHED = "use_cache_branch";
    static final String POSITION = "cache_position";
    static final String PAST = "past_key_values";
    static final String PRESENT = "present";
    static final String OF_ENCODER = ".encoder.";

    private Names() {}
}
