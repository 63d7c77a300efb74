package org.atelier.context.caption;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.models.json.Settings;
import org.atelier.onnx.Graph;
import org.atelier.onnx.ImageProcessor;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.Tensor;
import org.atelier.onnx.TextTokenizer;
import org.atelier.onnx.generation.Generated;
import org.atelier.onnx.generation.GenerationSettings;
import org.atelier.onnx.generation.Generator;
import org.atelier.onnx.generation.TextDecoder;
import org.atelier.onnx.generation.TextDecoders;

/**
 * A BLIP model: a vision encoder and a text decoder with cross-attention to the image. All ids and sizes come from the model's
 * configuration.
 */
final class Captioner implements AutoCloseable {

    private static final String PIXELS = "pixel_values";
    private static final String ENCODER_STATES = "encoder_hidden_states";
    private static final String ENCODER_MASK = "encoder_attention_mask";
    private static final List<String> ENCODERS =
            List.of("blip_vision_encoder", "vision_encoder", "vision_model", "encoder_model");
    private static final List<String> DECODERS =
            List.of("blip_text_decoder", "text_decoder", "text_decoder_model", "decoder_model");
    private static final List<String> ENCODER_OUTPUTS = List.of(ENCODER_STATES, "last_hidden_state", "image_embeds");

    private static final int START_TOKENS = 2;
    private static final String LOGITS = "logits";

    private final OnnxModel model;
    private final ImageProcessor processor;
    private final TextTokenizer tokenizer;
    private final Graph encoder;
    private final String encoderOutput;
    private final TextDecoder decoder;
    private final GenerationSettings generation;
    private final long[] prompt;

    private Captioner(OnnxModel model, Settings text, TextTokenizer tokenizer, Options options) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.processor = ImageProcessor.of(model.settings("preprocessor_config.json"));
        this.generation = generation(model, text, options);
        this.prompt = prompt(text, options.prompt());
        this.encoder = graph(model, ENCODERS);
        encoder.require(List.of(PIXELS), List.of());
        this.encoderOutput = ENCODER_OUTPUTS.stream()
                .filter(encoder.outputs()::contains)
                .findFirst()
                .orElseThrow(() -> new AtelierException(
                        Code.MODEL_INVALID,
                        encoder.file() + ": has none of the outputs " + ENCODER_OUTPUTS
                                + "; download the model again."));
        Graph graph = graph(model, DECODERS);
        graph.require(List.of(ENCODER_STATES), List.of(LOGITS));
        requireVocabulary(graph, text.integer("vocab_size"));
        this.decoder = TextDecoders.of(graph);
    }

    /**
     * Loads a model.
     *
     * @param model released when the captioner is closed or cannot be opened
     * @throws AtelierException MODEL_INVALID if a file is missing, damaged or does not match the others
     */
    static Captioner open(OnnxModel model, Options options) {
        TextTokenizer tokenizer = null;
        try {
            Settings text = model.settings("config.json").object("text_config");
            tokenizer = TextTokenizer.of(model, text.integer("vocab_size"), tokenizerSize(text));
            return new Captioner(model, text, tokenizer, options);
        } catch (RuntimeException e) {
            if (tokenizer != null) {
                tokenizer.close();
            }
            model.close();
            throw e;
        }
    }

    /**
     * The required size of the vocabulary. BLIP has BERT's tokens followed by two start tokens, and {@code vocab.txt} exists with and
     * without these.
     */
    private static int tokenizerSize(Settings text) {
        int vocabulary = text.integer("vocab_size");
        int begin = text.integer("bos_token_id");
        return begin >= vocabulary - START_TOKENS ? begin : vocabulary;
    }

    private static Graph graph(OnnxModel model, List<String> names) {
        return model.graph(names.stream().filter(model::has).findFirst().orElse(names.get(0)));
    }

    /** Checks that the graph has as many logits as {@code config.json} has tokens, if the graph declares their number. */
    private static void requireVocabulary(Graph graph, int vocabulary) {
        long[] shape = graph.shape(LOGITS);
        long logits = shape[shape.length - 1];
        if (logits > 0 && logits != vocabulary) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    "%s has %d logits, but config.json has %d tokens: one of the files belongs to another model; download the model again."
                            .formatted(graph.file(), logits, vocabulary));
        }
    }

    private static GenerationSettings generation(OnnxModel model, Settings text, Options options) {
        String file = "generation_config.json";
        boolean exists = Files.exists(model.folder().resolve(file));
        // BLIP ends a text with the separator, whatever end token the configuration has.
        GenerationSettings settings = GenerationSettings.of(exists ? model.settings(file) : text)
                .withEnds(Set.of(text.integer("sep_token_id")));
        if (options.maxNewTokens() > 0) {
            settings = settings.withMaxNewTokens(options.maxNewTokens());
        }
        return options.beams() > 0 ? settings.withBeams(options.beams()) : settings;
    }

    /** The prompt's tokens, with the decoder's start token instead of the tokenizer's, and without the end token. */
    private long[] prompt(Settings text, String prompt) {
        long start = text.integer("bos_token_id");
        if (prompt.isBlank()) {
            return new long[] {start};
        }
        long[] ids = tokenizer.encode(prompt, true);
        ids[0] = start;
        return Arrays.copyOf(ids, ids.length - 1);
    }

    /**
     * Generates the caption of an image.
     *
     * @param image opaque red-green-blue of any size
     */
    Caption caption(BufferedImage image, BooleanSupplier cancelled) {
        try (Tensor pixels = processor.process(image);
                Outputs outputs = encoder.run(Map.of(PIXELS, pixels), List.of(encoderOutput))) {
            Tensor states = outputs.get(encoderOutput);
            int positions = (int) states.shape()[1];
            long[] all = new long[positions];
            Arrays.fill(all, 1);
            try (Tensor mask = Tensor.longs(all, 1, positions)) {
                Generated generated = new Generator(decoder, generation, cancelled)
                        .generate(Map.of(ENCODER_STATES, states, ENCODER_MASK, mask), prompt);
                return new Caption(text(generated), generated.tokens(), generated.confidence());
            }
        }
    }

    private String text(Generated generated) {
        long[] generatedTokens = generated.before(generation.ends());
        long[] all = LongStream.concat(Arrays.stream(prompt), Arrays.stream(generatedTokens))
                .toArray();
        return tokenizer.decode(all).strip().replaceFirst("\\s*\\.+$", "");
    }

    @Override
    public void close() {
        tokenizer.close();
        model.close();
    }
}
