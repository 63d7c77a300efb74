package org.atelier.context.speech;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ReadingListener;
import org.atelier.audio.AudioFiles;
import org.atelier.audio.SampleStream;
import org.atelier.audio.WhisperFeatureStream;
import org.atelier.audio.WhisperFeatures;
import org.atelier.onnx.Tensor;

/**
 * Writes down a recording of any length, window after window, as transformers' {@code generate} does: a window ends where
 * the last whole sentence in it ended. Radford et al. 2022, section 3.8.
 */
final class Transcriber {

    /**
     * A recording whose loudest point (as {@link WhisperFeatures.Measure#peak}) is below this holds nothing but the
     * last bit of its samples. Whisper is sure to hear "you" or "thank you" there, so it is not asked.
     */
    private static final double SILENT = -8;

    private final Whisper whisper;
    private final Options options;

    Transcriber(Whisper whisper, Options options) {
        this.whisper = whisper;
        this.options = options;
    }

    Transcript transcribe(Path recording, AudioFiles files, ReadingListener listener) {
        WhisperFeatures features = whisper.features();
        WhisperFeatures.Measure measure;
        try (SampleStream samples = files.open(recording, features.sampleRate())) {
            measure = features.measure(samples);
        }
        if (measure.peak() < SILENT) {
            return new Transcript(null, List.of(), List.of(), measure.seconds());
        }
        try (SampleStream samples = files.open(recording, features.sampleRate())) {
            return new Run(measure, listener).read(features.read(samples, measure));
        }
    }

    /** The reading of one recording. */
    private final class Run {

        private final WhisperFeatures.Measure measure;
        private final ReadingListener listener;
        private final boolean timestamps;
        private final WindowReading reading;
        private final List<Segment> segments = new ArrayList<>();
        private final List<Passage> passages = new ArrayList<>();

        private String language;
        private long[] prompt;

        Run(WhisperFeatures.Measure measure, ReadingListener listener) {
            this.measure = measure;
            this.listener = listener;
            this.timestamps = options.timestamps()
                    || measure.frames() > whisper.features().windowFrames();
            this.reading = new WindowReading(whisper, options, timestamps, listener::cancelled);
        }

        Transcript read(WhisperFeatureStream stream) {
            boolean goesOn = false;
            for (long seek = 0; seek < measure.frames(); ) {
                if (listener.cancelled()) {
                    throw new AtelierException(Code.CANCELLED, "Stopped while a recording was heard.");
                }
                long heard =
                        Math.min(measure.frames() - seek, whisper.features().windowFrames());
                try (Tensor encoded = whisper.encode(stream.window(seek))) {
                    if (prompt == null) {
                        prompt = prompt(encoded);
                    }
                    WindowReading.Reading window = reading.read(encoded, goesOn ? continuing(prompt) : prompt);
                    Passage passage = window.passage();
                    passages.add(passage);
                    goesOn = options.conditionOnPrevTokens() && window.temperature() < 0.5;
                    seek += passage.isSilence(options) ? heard : keep(passage, seek, heard);
                }
                listener.progressed(Math.min(1, (double) seek / measure.frames()));
            }
            return new Transcript(language, segments, passages, measure.seconds());
        }

        /** @return how many frames are done with */
        private long keep(Passage passage, long seek, long heard) {
            Segment.Cut cut = Segment.cut(
                    passage.tokens(),
                    whisper.tokens(),
                    whisper.clock(),
                    seek * whisper.features().frameSeconds(),
                    heard);
            segments.addAll(cut.segments());
            return cut.frames();
        }

        /** What every window is asked for. */
        private long[] prompt(Tensor encoded) {
            WhisperTokens tokens = whisper.tokens();
            List<Integer> asked = new ArrayList<>(List.of(tokens.start()));
            if (tokens.isMultilingual()) {
                int spoken = options.language().isBlank() ? detected(encoded) : tokens.language(options.language());
                language = tokens.languageOf(spoken);
                asked.add(spoken);
                asked.add(tokens.tasks().get(options.task()));
            }
            if (!timestamps) {
                asked.add(tokens.noTimestamps());
            }
            return asked.stream().mapToLong(Integer::longValue).toArray();
        }

        /** The language that is likeliest to be named right after the start. */
        private int detected(Tensor encoded) {
            float[] logits = whisper.afterStart(encoded);
            return whisper.tokens().languages().values().stream()
                    .sorted()
                    .reduce((best, other) -> logits[other] > logits[best] ? other : best)
                    .orElseThrow();
        }

        /** A prompt after what was said so far, as much of it as half the text's length. */
        private long[] continuing(long[] asked) {
            WhisperTokens tokens = whisper.tokens();
            if (segments.isEmpty() || tokens.previous() < 0) {
                return asked;
            }
            long[] said = segments.stream()
                    .flatMapToLong(segment -> Arrays.stream(withoutOpening(segment.tokens())))
                    .toArray();
            int most = whisper.textPositions() / 2 - 1;
            LongStream kept = Arrays.stream(said).skip(Math.max(0, said.length - most));
            LongStream before = LongStream.concat(LongStream.of(tokens.previous()), kept);
            return LongStream.concat(before, Arrays.stream(asked)).toArray();
        }

        /** The time that opens the sentence after a segment is said again by the next window. */
        private long[] withoutOpening(long[] said) {
            int length = said.length;
            return length > 2 && whisper.tokens().isTime(said[length - 2]) ? Arrays.copyOf(said, length - 1) : said;
        }
    }
}
