package org.atelier.context.speech;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.audio.WhisperFeatures;
import org.atelier.models.json.Settings;
import org.atelier.onnx.Graph;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.Tensor;
import org.atelier.onnx.TextTokenizer;
import org.atelier.onnx.generation.GenerationSettings;
import org.atelier.onnx.generation.Generator;
import org.atelier.onnx.generation.TextDecoder;
import org.atelier.onnx.generation.TextDecoders;

/** A Whisper model: an audio encoder, a text decoder, the feature extractor and the tokenizer. */
final class Whisper implements AutoCloseable {

    private static final String FEATURES = "input_features";
    private static final String ENCODED = "last_hidden_state";
    private static final String MEMORY = "encoder_hidden_states";

    private final Graph encoder;
    private final TextDecoder decoder;
    private final WhisperFeatures features;
    private final WhisperTokens tokens;
    private final GenerationSettings generation;
    private final TextTokenizer words;
    private final int vocabulary;
    private final int textPositions;
    private final int soundPositions;

    /** @throws AtelierException MODEL_INVALID if a file is missing or does not belong to a Whisper model */
    Whisper(OnnxModel model) {
        Settings config = model.settings("config.json");
        Settings generationConfig = model.settings("generation_config.json");
        this.vocabulary = config.integer("vocab_size");
        this.textPositions = config.integer("max_target_positions");
        this.soundPositions = config.integer("max_source_positions");
        this.tokens = WhisperTokens.of(generationConfig);
        this.generation = GenerationSettings.of(generationConfig);
        this.features = WhisperFeatures.of(model.folder().resolve("preprocessor_config.json"));
        if (features.windowFrames() % soundPositions != 0) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    "%s has windows of %d frames, which is not a multiple of its %d positions; download the model again."
                            .formatted(model.folder(), features.windowFrames(), soundPositions));
        }
        this.encoder = model.graph("encoder_model");
        encoder.require(List.of(FEATURES), List.of(ENCODED));
        this.decoder = TextDecoders.of(model);
        // The tokens after the end token are not text, and some tokenizers lack some of them.
        this.words = TextTokenizer.of(model, vocabulary, tokens.end());
    }

    WhisperFeatures features() {
        return features;
    }

    WhisperTokens tokens() {
        return tokens;
    }

    int vocabulary() {
        return vocabulary;
    }

    /** The maximum number of tokens of a text, including its prompt. */
    int textPositions() {
        return textPositions;
    }

    /** Each timestamp token corresponds to a position of the encoded audio. */
    Segment.Clock clock() {
        int frames = features.windowFrames() / soundPositions;
        return new Segment.Clock(frames * features.frameSeconds(), frames);
    }

    /** @return the encoded audio, to be closed by the caller */
    Tensor encode(float[] window) {
        try (Tensor given = Tensor.floats(window, 1, features.bands(), features.windowFrames());
                Outputs outputs = encoder.run(Map.of(FEATURES, given), List.of(ENCODED))) {
            return outputs.take(ENCODED);
        }
    }

    /** The inputs of the decoder's cross-attention. */
    static Map<String, Tensor> memory(Tensor encoded) {
        return Map.of(MEMORY, encoded);
    }

    /** @return the logits of the token after the start token */
    float[] firstLogits(Tensor encoded) {
        try (TextDecoder.Pass pass = decoder.begin(memory(encoded), 1)) {
            return pass.next(new long[][] {{tokens.start()}}, new int[] {0})[0];
        }
    }

    /** Creates a generator of texts that fit beside the prompt. */
    Generator generator(int beams, int prompt, BooleanSupplier cancelled) {
        int place = textPositions - prompt;
        int wanted = generation.maxNewTokens() > 0 ? generation.maxNewTokens() : generation.maxLength();
        return new Generator(decoder, generation.withBeams(beams).withMaxNewTokens(Math.min(place, wanted)), cancelled);
    }

    /** Decodes the text tokens. */
    String text(long[] textTokens) {
        return words.decode(
                Arrays.stream(textTokens).filter(token -> token < tokens.end()).toArray());
    }

    @Override
    public void close() {
        words.close();
    }
}
