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

/** A T5: an encoder that reads a text, and a decoder that looks at what it gave. Every id and length is the model's own. */
final class Summarizer implements AutoCloseable {

    private static final String TOKENS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String READ = "last_hidden_state";

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
        encoder.require(List.of(TOKENS, MASK), List.of(READ));
        this.decoder = TextDecoders.of(model);
    }

    /**
     * Loads a model.
     *
     * @param model given back when the summarizer is closed, or cannot be opened
     * @throws AtelierException MODEL_INVALID in one line for a file that is missing, damaged, or does not fit the others
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

    /** Says a text in few words. */
    Summary summarize(String text, BooleanSupplier cancelled) {
        long[] whole = ended(tokenizer.encode(task.prefix() + text, true));
        long[] ids = cut(whole);
        long[] all = new long[ids.length];
        Arrays.fill(all, 1);
        try (Tensor tokens = Tensor.longs(ids, 1, ids.length);
                Tensor mask = Tensor.longs(all, 1, ids.length);
                Outputs outputs = encoder.run(Map.of(TOKENS, tokens, MASK, mask), List.of(READ))) {
            Map<String, Tensor> memory =
                    Map.of("encoder_hidden_states", outputs.get(READ), "encoder_attention_mask", mask);
            Generated generated = new Generator(decoder, generation, cancelled).generate(memory, task.start());
            String said = tokenizer.decode(generated.before(generation.ends()));
            return new Summary(
                    said.strip().replaceFirst("\\s*\\.+$", ""),
                    generated.tokens(),
                    generated.confidence(),
                    unread(whole, ids.length));
        }
    }

    /** With the end, which not every tokenizer puts. */
    private long[] ended(long[] ids) {
        if (ids.length > 0 && ids[ids.length - 1] == task.end()) {
            return ids;
        }
        long[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = task.end();
        return ended;
    }

    private long[] cut(long[] ids) {
        long[] cut = Arrays.copyOf(ids, Math.min(ids.length, task.positions()));
        cut[cut.length - 1] = task.end();
        return cut;
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
