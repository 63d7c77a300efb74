package org.atelier.context.speech;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Plugins;
import org.atelier.api.context.ContextSource;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ReadingListener;
import org.atelier.audio.AudioFiles;
import org.atelier.audio.WhisperFeatures;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.OnnxModels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Transcribes a sound file with Whisper. Radford et al. 2022. */
@Designate(ocd = Options.class)
@Component(
        factory = ContextSource.FACTORY,
        factoryProperty = {Plugins.NAME + "=speech", Plugins.MODEL + "=model", Plugins.INPUT + "=" + Plugins.FILE})
public final class SpeechSource implements ContextSource {

    private final OnnxModels models;
    private final AudioFiles files;
    private final Options options;

    /** @param options those of the set, which override those of the configuration */
    @Activate
    public SpeechSource(@Reference OnnxModels models, @Reference AudioFiles files, Options options) {
        this.models = models;
        this.files = files;
        this.options = options;
        if (options.temperatures().length == 0) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The option temperatures of speech is empty; give" + " at least one, such as 0.");
        }
    }

    @Override
    public void check(String input) {
        try (OnnxModel model = models.lease(options.model())) {
            WhisperFeatures features = WhisperFeatures.of(model.folder().resolve("preprocessor_config.json"));
            WhisperTokens tokens = WhisperTokens.of(model.settings("generation_config.json"));
            SpeechOptionCheck.check(options, tokens, model.name());
            files.open(path(input), features.sampleRate()).close();
        }
    }

    @Override
    public ContextText read(String input, ReadingListener listener) {
        Path recording = path(input);
        try (OnnxModel model = models.lease(options.model());
                Whisper whisper = new Whisper(model)) {
            Transcript transcript = new Transcriber(whisper, options).transcribe(recording, files, listener);
            return words(whisper, transcript, model.name());
        }
    }

    private static Path path(String input) {
        try {
            return Path.of(input);
        } catch (InvalidPathException e) {
            throw new AtelierException(Code.INPUT_UNREADABLE, input + " is not a valid file name.", e);
        }
    }

    private static ContextText words(Whisper whisper, Transcript transcript, String origin) {
        List<ContextText.Part> parts = new ArrayList<>();
        if (transcript.language() != null) {
            parts.add(new ContextText.Part("language", transcript.language(), null));
        }
        for (Segment segment : transcript.segments()) {
            parts.add(new ContextText.Part(
                    segment.span(transcript.seconds()),
                    whisper.text(segment.tokens()).strip(),
                    null));
        }
        String text = whisper.text(transcript.tokens()).strip();
        return new ContextText(text.replaceFirst("[.,。]$", ""), origin, transcript.confidence(), parts);
    }
}
