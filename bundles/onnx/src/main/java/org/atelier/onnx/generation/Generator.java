package org.atelier.onnx.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.onnx.Tensor;

/** Continues a prompt. Thread-safe. */
public final class Generator {

    private final TextDecoder decoder;
    private final GenerationSettings settings;
    private final BooleanSupplier cancelled;

    /** @param cancelled checked before each pass of the network */
    public Generator(TextDecoder decoder, GenerationSettings settings, BooleanSupplier cancelled) {
        this.decoder = decoder;
        this.settings = settings;
        this.cancelled = cancelled;
    }

    /**
     * Continues a prompt by beam search or, with one beam, by greedy search.
     *
     * @param memory as {@link TextDecoder#begin} takes it
     * @throws AtelierException CANCELLED if cancelled
     */
    public Generated generate(Map<String, Tensor> memory, long... prompt) {
        List<LogitsProcessor> processors = settings.processors(prompt.length);
        return settings.beams() > 1
                ? beams(memory, processors, prompt)
                : tokens(memory, processors, TokenChoice.likeliest(), prompt);
    }

    /** As {@link #generate}, one token at a time, with these processors in place of the settings' own. */
    public Generated tokens(
            Map<String, Tensor> memory, List<LogitsProcessor> processors, TokenChoice choice, long... prompt) {
        TokenHistory text = new TokenHistory(prompt);
        int longest = settings.longest(prompt.length);
        try (TextDecoder.Pass pass = decoder.begin(memory, 1)) {
            while (text.length() < longest && !text.endsIn(settings.ends())) {
                float[] scores = next(pass, List.of(text), 0)[0];
                processors.forEach(processor -> processor.process(text.tokens(), scores));
                int token = choice.choose(scores);
                text.add(token, LogitsProcessors.logSoftmax(scores)[token]);
            }
        }
        return text.generated();
    }

    /** As {@link #generate}, with the settings' beams and these processors in place of the settings' own. */
    public Generated beams(Map<String, Tensor> memory, List<LogitsProcessor> processors, long... prompt) {
        BeamSearch search = new BeamSearch(settings, processors, prompt);
        try (TextDecoder.Pass pass = decoder.begin(memory, settings.beams())) {
            while (search.isUnfinished()) {
                search.step(next(pass, search.texts(), search.continued()));
            }
        }
        return search.best();
    }

    private float[][] next(TextDecoder.Pass pass, List<TokenHistory> texts, int... continued) {
        if (cancelled.getAsBoolean()) {
            throw new AtelierException(Code.CANCELLED, "Stopped while a model was reading.");
        }
        List<long[]> rows = new ArrayList<>();
        texts.forEach(text -> rows.add(text.tokens()));
        return pass.next(rows.toArray(long[][]::new), continued);
    }
}
