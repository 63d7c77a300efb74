package org.atelier.context.music;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Plugins;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.audio.AudioFiles;
import org.atelier.onnx.Embedding;
import org.atelier.onnx.OnnxModels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Describes music by the maximum similar label of each set. */
@Designate(ocd = Options.class)
@Component(
        name = "org.atelier.context.music",
        factory = ContextSource.FACTORY,
        factoryProperty = {Plugins.NAME + "=music", Plugins.MODEL + "=model", Plugins.INPUT + "=" + Plugins.FILE})
public final class MusicSource implements ContextSource {

    private final OnnxModels models;
    private final AudioFiles files;
    private final LabelEmbeddings cache;
    private final Options options;
    private final Map<String, Object> properties;

    /** @param properties the options, including sets of labels that only a configuration defines */
    @Activate
    public MusicSource(
            @Reference OnnxModels models,
            @Reference AudioFiles files,
            @Reference LabelEmbeddings cache,
            Options options,
            Map<String, Object> properties) {
        this.models = models;
        this.files = files;
        this.cache = cache;
        this.options = options;
        this.properties = properties;
    }

    /** Opens the file, loads the model and embeds the labels. */
    @Override
    public void check(String input) {
        List<LabelSet> sets = LabelSets.of(properties);
        Path file = path(input);
        try (Clap clap = open()) {
            new Recording(files, file, clap.sampleRate(), () -> false).check();
            sets.forEach(set -> clap.embedTexts(set.prompts()));
        }
    }

    @Override
    public ContextText read(String input, ReadingListener listener) {
        List<LabelSet> sets = LabelSets.of(properties);
        Path file = path(input);
        try (Clap clap = open()) {
            Embedding embedding = embedding(clap, file, listener);
            double scale = options.logitScale() > 0 ? options.logitScale() : clap.logitScale();
            List<Scores> scores =
                    sets.stream().map(set -> clap.scores(set, embedding, scale)).toList();
            listener.progressed(1);
            return words(scores);
        }
    }

    private Clap open() {
        return Clap.open(models.lease(options.model()), cache);
    }

    private Embedding embedding(Clap clap, Path file, ReadingListener listener) {
        List<Embedding> windows = new ArrayList<>();
        new Recording(files, file, clap.sampleRate(), listener::cancelled)
                .windows(clap.windowSamples(), options.windows(), window -> {
                    if (listener.cancelled()) {
                        throw new AtelierException(Code.CANCELLED, "Cancelled while reading music.");
                    }
                    windows.add(clap.embedAudio(window));
                    listener.progressed(windows.size() / (options.windows() + 1.0));
                });
        return Embedding.mean(windows);
    }

    private static Path path(String input) {
        try {
            return Path.of(input);
        } catch (InvalidPathException e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, input + " is not a valid file name.", e);
        }
    }

    private ContextText words(List<Scores> scores) {
        List<ContextText.Part> parts = new ArrayList<>();
        for (Scores set : scores) {
            for (Scores.Scored each : set.all()) {
                parts.add(new ContextText.Part(set.name(), each.label().text(), each.score()));
            }
        }
        List<Scores.Scored> chosen = scores.stream()
                .map(Scores::best)
                .filter(best -> best.score() >= options.least())
                .filter(best -> !best.label().phrase().isEmpty())
                .toList();
        String text =
                chosen.stream().map(best -> best.label().phrase()).distinct().collect(Collectors.joining(", "));
        OptionalDouble confidence =
                chosen.stream().mapToDouble(Scores.Scored::score).average();
        return new ContextText(text, options.model(), confidence.isPresent() ? confidence.getAsDouble() : null, parts);
    }
}
