package org.atelier.context.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.atelier.onnx.Tensor;
import org.atelier.onnx.generation.Generated;
import org.atelier.onnx.generation.Generator;
import org.atelier.onnx.generation.LogitsProcessor;
import org.atelier.onnx.generation.LogitsProcessors;
import org.atelier.onnx.generation.TokenChoice;

/** Decodes a window at the first temperature at which the text is neither repetitive nor improbable. */
final class WindowDecoder {

    private final Whisper whisper;
    private final Options options;
    private final boolean timestamps;
    private final BooleanSupplier cancelled;
    private final SplittableRandom random;

    WindowDecoder(Whisper whisper, Options options, boolean timestamps, BooleanSupplier cancelled) {
        this.whisper = whisper;
        this.options = options;
        this.timestamps = timestamps;
        this.cancelled = cancelled;
        this.random = new SplittableRandom(options.seed());
    }

    /**
     * The result of a window and its temperature.
     *
     * @param result the last attempt
     */
    record Reading(DecodingResult result, double temperature) {}

    /** @param prompt the previous text, if it is used, followed by the prompt's special tokens */
    Reading read(Tensor encoded, long[] prompt) {
        double noSpeech =
                probability(whisper.firstLogits(encoded), whisper.tokens().noSpeech());
        double[] temperatures = options.temperatures();
        Reading reading = null;
        for (double temperature : temperatures) {
            reading = new Reading(result(encoded, prompt, temperature, noSpeech), temperature);
            if (!reading.result().needsFallback(options)) {
                break;
            }
        }
        return reading;
    }

    private DecodingResult result(Tensor encoded, long[] prompt, double temperature, double noSpeech) {
        int beams = temperature > 0 ? 1 : options.numBeams();
        Generator generator = whisper.generator(beams, prompt.length, cancelled);
        TokenChoice choice = temperature > 0 ? new SampledToken(temperature, random.split()) : TokenChoice.likeliest();
        Generated generated = beams > 1
                ? generator.beams(Whisper.memory(encoded), processors(prompt.length), prompt)
                : generator.tokens(Whisper.memory(encoded), processors(prompt.length), choice, prompt);
        double sum = 0;
        for (double logProbability : generated.logProbabilities()) {
            sum += logProbability;
        }
        return new DecodingResult(
                generated.before(Set.of(whisper.tokens().end())),
                sum / generated.tokens().length,
                DecodingResult.compressionRatio(generated.tokens(), whisper.vocabulary()),
                noSpeech);
    }

    private List<LogitsProcessor> processors(int prompt) {
        WhisperTokens tokens = whisper.tokens();
        List<LogitsProcessor> processors = new ArrayList<>();
        processors.add(LogitsProcessors.suppressAt(prompt, tokens.suppressedAtBegin()));
        processors.add(LogitsProcessors.suppress(tokens.suppressed()));
        if (timestamps) {
            processors.add(new TimestampRules(tokens, prompt));
        }
        return processors;
    }

    private static double probability(float[] logits, int token) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return Math.exp(logits[token] - highest) / sum;
    }
}
