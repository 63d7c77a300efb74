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
import org.atelier.onnx.Embedding;
import org.atelier.onnx.Graph;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.Tensor;
import org.atelier.onnx.TextTokenizer;

/** A CLAP model: an audio encoder and a text encoder with a shared embedding space. Wu et al. 2023. */
final class Clap implements AutoCloseable {

    private static final String INPUT_FEATURES = "input_features";
    private static final String INPUT_IDS = "input_ids";
    private static final String ATTENTION_MASK = "attention_mask";
    private static final String AUDIO_EMBEDS = "audio_embeds";
    private static final String TEXT_EMBEDS = "text_embeds";
    private static final String CONFIG = "config.json";
    private static final String PREPROCESSOR = "preprocessor_config.json";

    /** The initial logit scale if the configuration has none: 1 / 0.07. */
    private static final double DEFAULT_LOGIT_SCALE = 1 / 0.07;

    private final OnnxModel model;
    private final ClapFeatures features;
    private final Settings config;
    private final Graph audio;
    private final LabelEmbeddings cache;

    private Clap(OnnxModel model, LabelEmbeddings cache) {
        this.model = model;
        this.cache = cache;
        this.config = model.settings(CONFIG);
        Settings preprocessor = model.settings(PREPROCESSOR);
        this.features = ClapFeatures.of(preprocessor.file());
        if (preprocessor.has("truncation") && preprocessor.text("truncation").equals("fusion")) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    preprocessor.file() + ": truncation = fusion is not supported; use an unfused model.");
        }
        this.audio = model.graph("audio_model");
        audio.require(List.of(INPUT_FEATURES), List.of(AUDIO_EMBEDS));
    }

    /**
     * Loads the audio encoder; the text encoder is loaded when labels are not cached.
     *
     * @param model released when this is closed or cannot be opened
     * @throws AtelierException MODEL_INVALID if a file is missing, damaged or does not match the others
     */
    static Clap open(OnnxModel model, LabelEmbeddings cache) {
        try {
            return new Clap(model, cache);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The required sample rate of recordings, in Hz. */
    int sampleRate() {
        return features.sampleRate();
    }

    /** The length of a window, in samples. */
    int windowSamples() {
        return features.windowSamples();
    }

    /** The initial value of the factor by which similarities are multiplied before softmax; exports lack the trained value. */
    double logitScale() {
        String key = "logit_scale_init_value";
        return config.has(key) ? config.number(key) : DEFAULT_LOGIT_SCALE;
    }

    /** @param samples 1 to {@link #windowSamples} samples */
    Embedding embedAudio(float[] samples) {
        float[] mel = features.window(samples);
        try (Tensor input = Tensor.floats(mel, 1, 1, features.windowFrames(), features.bands());
                Outputs outputs = audio.run(Map.of(INPUT_FEATURES, input), List.of(AUDIO_EMBEDS))) {
            return Embedding.of(outputs.get(AUDIO_EMBEDS).floats());
        }
    }

    /** Embeds each prompt separately, as some exports have no attention mask for padding. */
    List<Embedding> embedTexts(List<String> prompts) {
        LabelEmbeddings.Key key = new LabelEmbeddings.Key(model.folder(), modified(), prompts);
        return cache.find(key).orElseGet(() -> {
            Graph text = model.graph("text_model");
            text.require(List.of(INPUT_IDS), List.of(TEXT_EMBEDS));
            int vocabulary = config.object("text_config").integer("vocab_size");
            try (TextTokenizer tokenizer = TextTokenizer.of(model, vocabulary)) {
                List<Embedding> embeddings = prompts.stream()
                        .map(prompt -> embedText(text, tokenizer.encode(prompt, true)))
                        .toList();
                cache.put(key, embeddings);
                return embeddings;
            }
        });
    }

    /**
     * Scores the labels of a set.
     *
     * @param logitScale the factor of similarities
     */
    Scores scores(LabelSet set, Embedding embedding, double logitScale) {
        List<Embedding> labels = embedTexts(set.prompts());
        if (labels.get(0).size() != embedding.size()) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    "%s: audio_model has embeddings of size %d but text_model of %d: the files belong to different models; download the model again."
                            .formatted(
                                    model.folder(),
                                    embedding.size(),
                                    labels.get(0).size()));
        }
        return Scores.of(set, labels, embedding, logitScale);
    }

    private static Embedding embedText(Graph text, long... ids) {
        long[] all = new long[ids.length];
        Arrays.fill(all, 1);
        try (Tensor tokens = Tensor.longs(ids, 1, ids.length);
                Tensor mask = Tensor.longs(all, 1, ids.length)) {
            Map<String, Tensor> given = new LinkedHashMap<>(Map.of(INPUT_IDS, tokens, ATTENTION_MASK, mask));
            given.keySet().retainAll(text.inputs());
            try (Outputs outputs = text.run(given, List.of(TEXT_EMBEDS))) {
                return Embedding.of(outputs.get(TEXT_EMBEDS).floats());
            }
        }
    }

    /** The modification time, which changes when the model is replaced. */
    private String modified() {
        Path file = config.file();
        try {
            return Files.getLastModifiedTime(file).toString();
        } catch (IOException e) {
            throw new AtelierException(
                    Code.MODEL_INVALID, file + " cannot be read: " + e.getMessage() + "; check its permissions.", e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
