package org.atelier.context.music;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.audio.ClapFeatures;
import org.atelier.models.json.Settings;
import org.atelier.onnx.Graph;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.Tensor;
import org.atelier.onnx.TextTokenizer;

/** A CLAP: a network that hears and one that reads, each giving a direction in the same space. Wu et al. 2023. */
final class Clap implements AutoCloseable {

    private static final String HEARD = "input_features";
    private static final String TOKENS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String OF_AUDIO = "audio_embeds";
    private static final String OF_TEXT = "text_embeds";
    private static final String CONFIG = "config.json";
    private static final String PREPROCESSOR = "preprocessor_config.json";

    /** Where no configuration says at what the logit scale began: 1 / 0.07. */
    private static final double USUAL_LOGIT_SCALE = 1 / 0.07;

    private final OnnxModel model;
    private final ClapFeatures features;
    private final Settings config;
    private final Graph audio;
    private final LabelDirections kept;

    private Clap(OnnxModel model, LabelDirections kept) {
        this.model = model;
        this.kept = kept;
        this.config = model.settings(CONFIG);
        Settings preprocessor = model.settings(PREPROCESSOR);
        this.features = ClapFeatures.of(preprocessor.file());
        if (preprocessor.has("truncation") && preprocessor.text("truncation").equals("fusion")) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    preprocessor.file() + ": truncation = fusion hears four windows at once; take an unfused model.");
        }
        this.audio = model.graph("audio_model");
        audio.require(List.of(HEARD), List.of(OF_AUDIO));
    }

    /**
     * Loads a model's network that hears; the one that reads is loaded when a label is new.
     *
     * @param model given back when the CLAP is closed, or cannot be opened
     * @throws AtelierException MODEL_INVALID in one line for a file that is missing, damaged, or does not fit the others
     */
    static Clap open(OnnxModel model, LabelDirections kept) {
        try {
            return new Clap(model, kept);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Samples a second that recordings must have. */
    int sampleRate() {
        return features.sampleRate();
    }

    /** How many samples are heard at once. */
    int windowSamples() {
        return features.windowSamples();
    }

    /** What similarities began to be multiplied by before they became scores; what that was in the end the exports lack. */
    double logitScale() {
        String key = "logit_scale_init_value";
        return config.has(key) ? config.number(key) : USUAL_LOGIT_SCALE;
    }

    /** @param samples one to {@link #windowSamples} of them */
    Direction hear(float[] samples) {
        float[] heard = features.window(samples);
        try (Tensor input = Tensor.floats(heard, 1, 1, features.windowFrames(), features.bands());
                Outputs outputs = audio.run(Map.of(HEARD, input), List.of(OF_AUDIO))) {
            return Direction.of(outputs.get(OF_AUDIO).floats());
        }
    }

    /** The direction of each, one by one: some exports cannot be told what is padding. */
    List<Direction> read(List<String> prompts) {
        LabelDirections.Key key = new LabelDirections.Key(model.folder(), stamp(), prompts);
        return kept.find(key).orElseGet(() -> {
            Graph text = model.graph("text_model");
            text.require(List.of(TOKENS), List.of(OF_TEXT));
            int vocabulary = config.object("text_config").integer("vocab_size");
            try (TextTokenizer tokenizer = TextTokenizer.of(model, vocabulary)) {
                List<Direction> directions = prompts.stream()
                        .map(prompt -> read(text, tokenizer.encode(prompt, true)))
                        .toList();
                kept.keep(key, directions);
                return directions;
            }
        });
    }

    /**
     * How well each label of a set fits.
     *
     * @param logitScale what similarities are multiplied by
     */
    Scores scores(LabelSet set, Direction heard, double logitScale) {
        List<Direction> labels = read(set.prompts());
        if (labels.get(0).size() != heard.size()) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    "%s: audio_model gives %d numbers but text_model %d; they are of two models."
                            .formatted(
                                    model.folder(), heard.size(), labels.get(0).size()));
        }
        return Scores.of(set, labels, heard, logitScale);
    }

    private static Direction read(Graph text, long... ids) {
        long[] all = new long[ids.length];
        Arrays.fill(all, 1);
        try (Tensor tokens = Tensor.longs(ids, 1, ids.length);
                Tensor mask = Tensor.longs(all, 1, ids.length)) {
            Map<String, Tensor> given = new LinkedHashMap<>(Map.of(TOKENS, tokens, MASK, mask));
            given.keySet().retainAll(text.inputs());
            try (Outputs outputs = text.run(given, List.of(OF_TEXT))) {
                return Direction.of(outputs.get(OF_TEXT).floats());
            }
        }
    }

    /** Tells the model from one that was put in its place. */
    private String stamp() {
        Path file = config.file();
        try {
            return Files.getLastModifiedTime(file).toString();
        } catch (IOException e) {
            throw new AtelierException(Code.MODEL_INVALID, file + ": cannot be read: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
