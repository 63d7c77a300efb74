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

/** A BLIP: a vision encoder, and a text decoder that looks at what it gave. Every id and size is the model's own. */
final class Captioner implements AutoCloseable {

    private static final String PIXELS = "pixel_values";
    private static final String SEEN = "encoder_hidden_states";
    private static final String SEEN_MASK = "encoder_attention_mask";
    private static final List<String> ENCODERS =
            List.of("blip_vision_encoder", "vision_encoder", "vision_model", "encoder_model");
    private static final List<String> DECODERS =
            List.of("blip_text_decoder", "text_decoder", "text_decoder_model", "decoder_model");
    private static final List<String> GIVEN = List.of(SEEN, "last_hidden_state", "image_embeds");

    private static final int BEGINS = 2;
    private static final String SCORES = "logits";

    private final OnnxModel model;
    private final ImageProcessor processor;
    private final TextTokenizer tokenizer;
    private final Graph encoder;
    private final String seen;
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
        this.seen = GIVEN.stream()
                .filter(encoder.outputs()::contains)
                .findFirst()
                .orElseThrow(() ->
                        new AtelierException(Code.MODEL_INVALID, encoder.file() + ": gives none of " + GIVEN + "."));
        Graph words = graph(model, DECODERS);
        words.require(List.of(SEEN), List.of(SCORES));
        requireAsMany(words, text.integer("vocab_size"));
        this.decoder = TextDecoders.of(words);
    }

    /**
     * Loads a model.
     *
     * @param model given back when the captioner is closed, or cannot be opened
     * @throws AtelierException MODEL_INVALID in one line for a file that is missing, damaged, or does not fit the others
     */
    static Captioner open(OnnxModel model, Options options) {
        TextTokenizer tokenizer = null;
        try {
            Settings text = model.settings("config.json").object("text_config");
            tokenizer = TextTokenizer.of(model, text.integer("vocab_size"), said(text));
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
     * How many tokens it may say. BLIP has BERT's, and behind them two that begin texts: {@code vocab.txt} is as often
     * without these as with them.
     */
    private static int said(Settings text) {
        int vocabulary = text.integer("vocab_size");
        int begin = text.integer("bos_token_id");
        return begin >= vocabulary - BEGINS ? begin : vocabulary;
    }

    private static Graph graph(OnnxModel model, List<String> names) {
        return model.graph(names.stream().filter(model::has).findFirst().orElse(names.get(0)));
    }

    /** The words that it scores are those that {@code config.json} counts, as far as the graph tells. */
    private static void requireAsMany(Graph words, int vocabulary) {
        long[] shape = words.shape(SCORES);
        long scored = shape[shape.length - 1];
        if (scored > 0 && scored != vocabulary) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    "%s: scores %d words, but config.json says there are %d. One of them is another model's; fetch the model again."
                            .formatted(words.file(), scored, vocabulary));
        }
    }

    private static GenerationSettings generation(OnnxModel model, Settings text, Options options) {
        String file = "generation_config.json";
        boolean isThere = Files.exists(model.folder().resolve(file));
        // A text ends where BLIP separates texts, whatever the configuration calls its end.
        GenerationSettings settings = GenerationSettings.of(isThere ? model.settings(file) : text)
                .withEnds(Set.of(text.integer("sep_token_id")));
        if (options.maxNewTokens() > 0) {
            settings = settings.withMaxNewTokens(options.maxNewTokens());
        }
        return options.beams() > 0 ? settings.withBeams(options.beams()) : settings;
    }

    /** What a caption begins with: the decoder's own begin in place of the tokenizer's, and no end. */
    private long[] prompt(Settings text, String words) {
        long begin = text.integer("bos_token_id");
        if (words.isBlank()) {
            return new long[] {begin};
        }
        long[] ids = tokenizer.encode(words, true);
        ids[0] = begin;
        return Arrays.copyOf(ids, ids.length - 1);
    }

    /**
     * Says what an image shows.
     *
     * @param image opaque red-green-blue of any size
     */
    Caption caption(BufferedImage image, BooleanSupplier cancelled) {
        try (Tensor pixels = processor.process(image);
                Outputs outputs = encoder.run(Map.of(PIXELS, pixels), List.of(seen))) {
            Tensor states = outputs.get(seen);
            int positions = (int) states.shape()[1];
            long[] all = new long[positions];
            Arrays.fill(all, 1);
            try (Tensor mask = Tensor.longs(all, 1, positions)) {
                Generated generated = new Generator(decoder, generation, cancelled)
                        .generate(Map.of(SEEN, states, SEEN_MASK, mask), prompt);
                return new Caption(text(generated), generated.tokens(), generated.confidence());
            }
        }
    }

    private String text(Generated generated) {
        long[] said = generated.before(generation.ends());
        long[] whole =
                LongStream.concat(Arrays.stream(prompt), Arrays.stream(said)).toArray();
        return tokenizer.decode(whole).strip().replaceFirst("\\s*\\.+$", "");
    }

    @Override
    public void close() {
        tokenizer.close();
        model.close();
    }
}
