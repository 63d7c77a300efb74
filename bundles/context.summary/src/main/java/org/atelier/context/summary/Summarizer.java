package org.atelier.context.summary;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.atelier.api.AtelierException;
import org.atelier.onnx.Graph;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.Tensor;
import org.atelier.onnx.TextTokenizer;
import org.atelier.onnx.generation.Generated;
import org.atelier.onnx.generation.GenerationSettings;
import org.atelier.onnx.generation.Generator;
import org.atelier.onnx.generation.TextDecoder;
import org.atelier.onnx.generation.TextDecoders;

/** A T5 model: a text encoder and a text decoder with cross-attention. All ids and lengths come from the model's configuration. */
final class Summarizer implements AutoCloseable {

    private static final String TOKENS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String ENCODED = "last_hidden_state";

    private final OnnxModel model;
    private final SummaryTask task;
    private final TextTokenizer tokenizer;
    private final GenerationSettings generation;
    private final Graph encoder;
    private final TextDecoder decoder;

    private Summarizer(OnnxModel model, SummaryTask task, TextTokenizer tokenizer) {
        this.model = model;
        this.task = task;
        this.tokenizer = tokenizer;
        this.generation = task.generation();
        this.encoder = model.graph("encoder_model");
        encoder.require(List.of(TOKENS, MASK), List.of(ENCODED));
        this.decoder = TextDecoders.of(model);
    }

    /**
     * Loads a model.
     *
     * @param model released when the summarizer is closed or cannot be opened
     * @throws AtelierException MODEL_INVALID if a file is missing, damaged or does not match the others
     */
    static Summarizer open(OnnxModel model, Options options) {
        TextTokenizer tokenizer = null;
        try {
            SummaryTask task = new SummaryTask(model, options);
            tokenizer = TextTokenizer.of(model, task.vocabulary());
            return new Summarizer(model, task, tokenizer);
        } catch (RuntimeException e) {
            if (tokenizer != null) {
                tokenizer.close();
            }
            model.close();
            throw e;
        }
    }

    /** Summarises a text. */
    Summary summarize(String text, BooleanSupplier cancelled) {
        long[] whole = withEndToken(tokenizer.encode(task.prefix() + text, true));
        long[] ids = truncated(whole);
        long[] all = new long[ids.length];
        Arrays.fill(all, 1);
        try (Tensor tokens = Tensor.longs(ids, 1, ids.length);
                Tensor mask = Tensor.longs(all, 1, ids.length);
                Outputs outputs = encoder.run(Map.of(TOKENS, tokens, MASK, mask), List.of(ENCODED))) {
            Map<String, Tensor> memory =
                    Map.of("encoder_hidden_states", outputs.get(ENCODED), "encoder_attention_mask", mask);
            Generated generated = new Generator(decoder, generation, cancelled).generate(memory, task.start());
            String decoded = tokenizer.decode(generated.before(generation.ends()));
            return new Summary(
                    decoded.strip().replaceFirst("\\s*\\.+$", ""),
                    generated.tokens(),
                    generated.confidence(),
                    unread(whole, ids.length));
        }
    }

    /** Appends the end token, which some tokenizers omit. */
    private long[] withEndToken(long[] ids) {
        if (ids.length > 0 && ids[ids.length - 1] == task.end()) {
            return ids;
        }
        long[] withEndToken = Arrays.copyOf(ids, ids.length + 1);
        withEndToken[ids.length] = task.end();
        return withEndToken;
    }

    private long[] truncated(long[] ids) {
        long[] truncated = Arrays.copyOf(ids, Math.min(ids.length, task.positions()));
        truncated[truncated.length - 1] = task.end();
        return truncated;
    }

    private String unread(long[] whole, int read) {
        return read == whole.length
                ? ""
                : tokenizer
                        .decode(Arrays.copyOfRange(whole, read - 1, whole.length - 1))
                        .strip();
    }

    @Override
    public void close() {
        tokenizer.close();
        model.close();
    }
}
