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

/** A Whisper as its folder has it: an encoder of sound, a decoder of text, and what they are given. */
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

    /** @throws AtelierException MODEL_INVALID naming the file that is missing or no Whisper's */
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
                    "%s hears %d frames at once, but its network has %d places for them; pull the model again."
                            .formatted(model.folder(), features.windowFrames(), soundPositions));
        }
        this.encoder = model.graph("encoder_model");
        encoder.require(List.of(FEATURES), List.of(ENCODED));
        this.decoder = TextDecoders.of(model);
        // Behind the end come tokens that are no text; not every tokenizer has them all.
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

    /** How many tokens a text may have, with its prompt. */
    int textPositions() {
        return textPositions;
    }

    /** A time token stands for a place of the encoded sound. */
    Segment.Clock clock() {
        int frames = features.windowFrames() / soundPositions;
        return new Segment.Clock(frames * features.frameSeconds(), frames);
    }

    /** @return the encoded sound, to be closed by the caller */
    Tensor encode(float[] window) {
        try (Tensor given = Tensor.floats(window, 1, features.bands(), features.windowFrames());
                Outputs outputs = encoder.run(Map.of(FEATURES, given), List.of(ENCODED))) {
            return outputs.take(ENCODED);
        }
    }

    /** What the decoder looks at. */
    static Map<String, Tensor> memory(Tensor encoded) {
        return Map.of(MEMORY, encoded);
    }

    /** @return the logits of what follows the token that starts every text */
    float[] afterStart(Tensor encoded) {
        try (TextDecoder.Pass pass = decoder.begin(memory(encoded), 1)) {
            return pass.next(new long[][] {{tokens.start()}}, new int[] {0})[0];
        }
    }

    /** Generates as long texts as there is place for beside a prompt. */
    Generator generator(int beams, int prompt, BooleanSupplier cancelled) {
        int place = textPositions - prompt;
        int wanted = generation.maxNewTokens() > 0 ? generation.maxNewTokens() : generation.maxLength();
        return new Generator(decoder, generation.withBeams(beams).withMaxNewTokens(Math.min(place, wanted)), cancelled);
    }

    /** The words among the tokens. */
    String text(long[] said) {
        return words.decode(
                Arrays.stream(said).filter(token -> token < tokens.end()).toArray());
    }

    @Override
    public void close() {
        words.close();
    }
}
