package org.atelier.context.summary;

import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.atelier.models.json.Settings;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.generation.GenerationSettings;
import org.atelier.onnx.generation.GenerationSettings.EarlyStopping;

/** The settings of summarisation: from the options, else the model's configuration of the task, else its general configuration. */
final class SummaryTask {

    private static final String TASKS = "task_specific_params";
    private static final String TASK = "summarization";
    private static final String LENGTH = "model_max_length";
    private static final String DEFAULT_PREFIX = "summarize: ";

    /** The input length if no file has one: that of the paper's models, Raffel et al. 2020, section 3.1.1. */
    private static final int DEFAULT_POSITIONS = 512;

    private final OnnxModel model;
    private final Settings config;
    private final Optional<Settings> general;
    private final Optional<Settings> task;
    private final Options options;

    SummaryTask(OnnxModel model, Options options) {
        this.model = model;
        this.config = model.settings("config.json");
        this.general = file("generation_config.json");
        this.task = config.has(TASKS)
                ? Optional.of(config.object(TASKS))
                        .filter(tasks -> tasks.has(TASK))
                        .map(tasks -> tasks.object(TASK))
                : Optional.empty();
        this.options = options;
    }

    private Optional<Settings> file(String name) {
        return Files.exists(model.folder().resolve(name)) ? Optional.of(model.settings(name)) : Optional.empty();
    }

    /** The size of the vocabulary. */
    int vocabulary() {
        return config.integer("vocab_size");
    }

    /** The start token of a summary. */
    int start() {
        return id("decoder_start_token_id");
    }

    /** The end token of a text. */
    int end() {
        return config.has("eos_token_id") ? config.integers("eos_token_id").get(0) : id("eos_token_id");
    }

    private int id(String key) {
        return general.filter(settings -> settings.has(key)).orElse(config).integer(key);
    }

    /** The prefix before a text, with a trailing space. */
    String prefix() {
        return options.prefix().isBlank()
                ? task.map(own -> own.text("prefix", DEFAULT_PREFIX)).orElse(DEFAULT_PREFIX)
                : options.prefix().strip() + " ";
    }

    /** The maximum number of input tokens, including prefix and end token. */
    int positions() {
        // A tokenizer without a limit has a value of thirty digits.
        double maxLength = file("tokenizer_config.json")
                .map(settings -> settings.number(LENGTH, Double.MAX_VALUE))
                .orElse(Double.MAX_VALUE);
        int positions =
                maxLength < Integer.MAX_VALUE ? (int) maxLength : config.integer("n_positions", DEFAULT_POSITIONS);
        return Math.max(2, positions);
    }

    /** The settings of generation. */
    GenerationSettings generation() {
        GenerationSettings any = GenerationSettings.of(general.orElse(config));
        GenerationSettings own = task.map(GenerationSettings::of).orElse(any);
        boolean isBounded = options.maxLength() > 0 || taskHas("max_length");
        return new GenerationSettings(
                options.beams() > 0 ? options.beams() : (taskHas("num_beams") ? own : any).beams(),
                options.maxLength() > 0 ? options.maxLength() : (taskHas("max_length") ? own : any).maxLength(),
                isBounded ? 0 : (taskHas("max_new_tokens") ? own : any).maxNewTokens(),
                options.minLength() >= 0 ? options.minLength() : (taskHas("min_length") ? own : any).minLength(),
                options.lengthPenalty() != 0
                        ? options.lengthPenalty()
                        : (taskHas("length_penalty") ? own : any).lengthPenalty(),
                earlyStopping((taskHas("early_stopping") ? own : any).earlyStopping()),
                options.noRepeatNgramSize() >= 0
                        ? options.noRepeatNgramSize()
                        : (taskHas("no_repeat_ngram_size") ? own : any).noRepeatNgramSize(),
                (taskHas("repetition_penalty") ? own : any).repetitionPenalty(),
                any.ends().isEmpty() ? Set.of(end()) : any.ends(),
                any.suppressed(),
                any.suppressedAtBegin(),
                any.forcedBegin(),
                any.forcedEnd());
    }

    private boolean taskHas(String key) {
        return task.filter(own -> own.has(key)).isPresent();
    }

    private EarlyStopping earlyStopping(EarlyStopping otherwise) {
        return options.earlyStopping().equals("model")
                ? otherwise
                : EarlyStopping.valueOf(options.earlyStopping().toUpperCase(Locale.ROOT));
    }
}
