package org.atelier.context.summary;

import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.atelier.models.json.Settings;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.generation.GenerationSettings;
import org.atelier.onnx.generation.GenerationSettings.EarlyStopping;

/** The task as a model was told it: by the options, else by what its configuration says of summaries, else of any text. */
final class SummaryTask {

    private static final String TASKS = "task_specific_params";
    private static final String TASK = "summarization";
    private static final String LENGTH = "model_max_length";
    private static final String USUAL_PREFIX = "summarize: ";

    /** What the T5s of the paper were trained on, Raffel et al. 2020, section 3.1.1; where no file says how much a model reads. */
    private static final int USUAL_POSITIONS = 512;

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

    /** How many tokens the network knows. */
    int vocabulary() {
        return config.integer("vocab_size");
    }

    /** The token that a summary begins with. */
    int start() {
        return id("decoder_start_token_id");
    }

    /** The token that a text ends with. */
    int end() {
        return config.has("eos_token_id") ? config.integers("eos_token_id").get(0) : id("eos_token_id");
    }

    private int id(String key) {
        return general.filter(settings -> settings.has(key)).orElse(config).integer(key);
    }

    /** What stands before a text, with the space between. */
    String prefix() {
        return options.prefix().isBlank()
                ? task.map(own -> own.text("prefix", USUAL_PREFIX)).orElse(USUAL_PREFIX)
                : options.prefix().strip() + " ";
    }

    /** How many tokens of a text the model reads, prefix and end among them. */
    int positions() {
        // A tokenizer that knows no bound says a number of thirty digits.
        double told = file("tokenizer_config.json")
                .map(settings -> settings.number(LENGTH, Double.MAX_VALUE))
                .orElse(Double.MAX_VALUE);
        int positions = told < Integer.MAX_VALUE ? (int) told : config.integer("n_positions", USUAL_POSITIONS);
        return Math.max(2, positions);
    }

    /** How a summary is generated. */
    GenerationSettings generation() {
        GenerationSettings any = GenerationSettings.of(general.orElse(config));
        GenerationSettings own = task.map(GenerationSettings::of).orElse(any);
        boolean isBounded = options.maxLength() > 0 || says("max_length");
        return new GenerationSettings(
                options.beams() > 0 ? options.beams() : (says("num_beams") ? own : any).beams(),
                options.maxLength() > 0 ? options.maxLength() : (says("max_length") ? own : any).maxLength(),
                isBounded ? 0 : (says("max_new_tokens") ? own : any).maxNewTokens(),
                options.minLength() >= 0 ? options.minLength() : (says("min_length") ? own : any).minLength(),
                options.lengthPenalty() != 0
                        ? options.lengthPenalty()
                        : (says("length_penalty") ? own : any).lengthPenalty(),
                earlyStopping((says("early_stopping") ? own : any).earlyStopping()),
                options.noRepeatNgramSize() >= 0
                        ? options.noRepeatNgramSize()
                        : (says("no_repeat_ngram_size") ? own : any).noRepeatNgramSize(),
                (says("repetition_penalty") ? own : any).repetitionPenalty(),
                any.ends().isEmpty() ? Set.of(end()) : any.ends(),
                any.suppressed(),
                any.suppressedAtBegin(),
                any.forcedBegin(),
                any.forcedEnd());
    }

    private boolean says(String key) {
        return task.filter(own -> own.has(key)).isPresent();
    }

    private EarlyStopping earlyStopping(EarlyStopping otherwise) {
        return options.earlyStopping().equals("model")
                ? otherwise
                : EarlyStopping.valueOf(options.earlyStopping().toUpperCase(Locale.ROOT));
    }
}
