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
 * Transcribes a recording of any length in consecutive windows, as transformers' {@code generate} does: the next window starts at the end
 * of the last complete sentence. Radford et al. 2022, section 3.8.
 */
final class Transcriber {

    /**
     * A recording whose {@link WhisperFeatures.Measure#peak} is below this is silent except for the least significant bit. It is skipped,
     * as Whisper would transcribe it as "you" or "thank you".
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
            return new Transcription(measure, listener).read(features.read(samples, measure));
        }
    }

    /** The transcription of one recording. */
    private final class Transcription {

        private final WhisperFeatures.Measure measure;
        private final ReadingListener listener;
        private final boolean timestamps;
        private final WindowDecoder reading;
        private final List<Segment> segments = new ArrayList<>();
        private final List<DecodingResult> results = new ArrayList<>();

        private String language;
        private long[] prompt;

        Transcription(WhisperFeatures.Measure measure, ReadingListener listener) {
            this.measure = measure;
            this.listener = listener;
            this.timestamps = options.timestamps()
                    || measure.frames() > whisper.features().windowFrames();
            this.reading = new WindowDecoder(whisper, options, timestamps, listener::cancelled);
        }

        Transcript read(WhisperFeatureStream stream) {
            boolean usesPreviousText = false;
            for (long seek = 0; seek < measure.frames(); ) {
                if (listener.cancelled()) {
                    throw new AtelierException(Code.CANCELLED, "Cancelled while transcribing a recording.");
                }
                long heard =
                        Math.min(measure.frames() - seek, whisper.features().windowFrames());
                try (Tensor encoded = whisper.encode(stream.window(seek))) {
                    if (prompt == null) {
                        prompt = prompt(encoded);
                    }
                    WindowDecoder.Reading window =
                            reading.read(encoded, usesPreviousText ? withPreviousText(prompt) : prompt);
                    DecodingResult result = window.result();
                    results.add(result);
                    usesPreviousText = options.conditionOnPrevTokens() && window.temperature() < 0.5;
                    seek += result.isSilence(options) ? heard : keep(result, seek, heard);
                }
                listener.progressed(Math.min(1, (double) seek / measure.frames()));
            }
            return new Transcript(language, segments, results, measure.seconds());
        }

        /** @return the number of processed frames */
        private long keep(DecodingResult result, long seek, long heard) {
            Segment.Cut cut = Segment.cut(
                    result.tokens(),
                    whisper.tokens(),
                    whisper.clock(),
                    seek * whisper.features().frameSeconds(),
                    heard);
            segments.addAll(cut.segments());
            return cut.frames();
        }

        /** The start, language, task and timestamp tokens that begin every window. */
        private long[] prompt(Tensor encoded) {
            WhisperTokens tokens = whisper.tokens();
            List<Integer> promptTokens = new ArrayList<>(List.of(tokens.start()));
            if (tokens.isMultilingual()) {
                int spoken = options.language().isBlank() ? detected(encoded) : tokens.language(options.language());
                language = tokens.languageOf(spoken);
                promptTokens.add(spoken);
                promptTokens.add(tokens.tasks().get(options.task()));
            }
            if (!timestamps) {
                promptTokens.add(tokens.noTimestamps());
            }
            return promptTokens.stream().mapToLong(Integer::longValue).toArray();
        }

        /** The most probable language token after the start token. */
        private int detected(Tensor encoded) {
            float[] logits = whisper.firstLogits(encoded);
            return whisper.tokens().languages().values().stream()
                    .sorted()
                    .reduce((best, other) -> logits[other] > logits[best] ? other : best)
                    .orElseThrow();
        }

        /** The prompt preceded by the previous text, of which at most half the maximum text length is kept. */
        private long[] withPreviousText(long[] promptTokens) {
            WhisperTokens tokens = whisper.tokens();
            if (segments.isEmpty() || tokens.previous() < 0) {
                return promptTokens;
            }
            long[] textTokens = segments.stream()
                    .flatMapToLong(segment -> Arrays.stream(withoutOpening(segment.tokens())))
                    .toArray();
            int most = whisper.textPositions() / 2 - 1;
            LongStream kept = Arrays.stream(textTokens).skip(Math.max(0, textTokens.length - most));
            LongStream before = LongStream.concat(LongStream.of(tokens.previous()), kept);
            return LongStream.concat(before, Arrays.stream(promptTokens)).toArray();
        }

        /** Removes the timestamp that starts the next sentence, as the next window predicts it again. */
        private long[] withoutOpening(long[] textTokens) {
            int length = textTokens.length;
            return length > 2 && whisper.tokens().isTime(textTokens[length - 2])
                    ? Arrays.copyOf(textTokens, length - 1)
                    : textTokens;
        }
    }
}
