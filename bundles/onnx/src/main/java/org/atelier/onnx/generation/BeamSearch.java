package org.atelier.onnx.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.onnx.generation.GenerationSettings.EarlyStopping;

/**
 * Continues several texts in parallel and keeps the best finished ones, step by step and in single precision as transformers'
 * {@code _beam_search}.
 */
final class BeamSearch {

    /** Far below any score: added to texts that must not be continued or counted. */
    private static final float NEVER = -1e9f;

    private static final Comparator<Beam> BEST_FIRST =
            Comparator.comparing(Beam::score).reversed();

    /**
     * An unfinished or finished text.
     *
     * @param score the logarithm of its probability; of a finished one, with the length penalty
     * @param row the row of the last step that it continues
     */
    private record Beam(TokenHistory text, float score, int row) {}

    /**
     * A token that may continue a text.
     *
     * @param score with the text's own
     */
    private record Candidate(int row, int token, float score, float logProbability) {}

    /** Ties are broken by the lower row, then by the lower token. */
    private static final Comparator<Candidate> LIKELIEST_FIRST = Comparator.comparing(Candidate::score)
            .reversed()
            .thenComparing(Candidate::row)
            .thenComparing(Candidate::token);

    private final GenerationSettings settings;
    private final List<LogitsProcessor> processors;
    private final int prompt;
    private final int longest;
    private final int candidates;
    private List<Beam> running;
    private List<Beam> ended = List.of();
    private boolean canImprove = true;
    private boolean allHit;

    BeamSearch(GenerationSettings settings, List<LogitsProcessor> processors, long[] prompt) {
        this.settings = settings;
        this.processors = processors;
        this.prompt = prompt.length;
        this.longest = settings.longest(prompt.length);
        this.candidates = Math.max(2, 1 + settings.ends().size()) * settings.beams();
        // All rows start with the same prompt, so only the first may be continued at the first step.
        this.running = IntStream.range(0, settings.beams())
                .mapToObj(row -> new Beam(new TokenHistory(prompt), row == 0 ? 0 : NEVER, row))
                .toList();
        this.allHit = prompt.length >= longest;
    }

    boolean isUnfinished() {
        return canImprove && !allHit && !(isFull() && settings.earlyStopping() == EarlyStopping.YES);
    }

    List<TokenHistory> texts() {
        return running.stream().map(Beam::text).toList();
    }

    int[] continued() {
        return running.stream().mapToInt(Beam::row).toArray();
    }

    Generated best() {
        Beam best = ended.isEmpty() ? running.get(0) : ended.get(0);
        return best.text().generated(best.score());
    }

    /** @param logits (row, token) of the token that follows each text */
    void step(float[][] logits) {
        List<Beam> next = new ArrayList<>();
        for (Candidate each : likeliest(logits)) {
            TokenHistory text = running.get(each.row()).text().followedBy(each.token(), each.logProbability());
            next.add(new Beam(text, each.score(), each.row()));
        }
        List<Beam> hit = next.stream().filter(this::hits).toList();
        allHit = hit.size() == next.size();
        running = next.stream()
                .map(beam -> hits(beam) ? new Beam(beam.text(), beam.score() + NEVER, beam.row()) : beam)
                .sorted(BEST_FIRST)
                .limit(settings.beams())
                .toList();
        // Candidates beyond the number of beams are used only to continue where the best have finished.
        List<Beam> best = next.subList(0, settings.beams());
        if (!(isFull() && settings.earlyStopping() == EarlyStopping.YES)) {
            ended = Stream.concat(
                            ended.stream(), hit.stream().filter(best::contains).map(this::penalised))
                    .sorted(BEST_FIRST)
                    .limit(settings.beams())
                    .toList();
        }
        canImprove = canImprove && bestPossible() > worstEnded();
    }

    private List<Candidate> likeliest(float[][] logits) {
        // The worst candidate is at the head, to be replaced.
        PriorityQueue<Candidate> best = new PriorityQueue<>(candidates, LIKELIEST_FIRST.reversed());
        for (int row = 0; row < logits.length; row++) {
            float[] scores = LogitsProcessors.logSoftmax(logits[row]);
            for (LogitsProcessor processor : processors) {
                processor.process(running.get(row).text().tokens(), scores);
            }
            for (int token = 0; token < scores.length; token++) {
                float score = scores[token] + running.get(row).score();
                if (best.size() < candidates || score > best.element().score()) {
                    best.add(new Candidate(row, token, score, scores[token]));
                    if (best.size() > candidates) {
                        best.remove();
                    }
                }
            }
        }
        return best.stream().sorted(LIKELIEST_FIRST).toList();
    }

    private boolean hits(Beam beam) {
        return beam.text().length() >= longest || beam.text().endsIn(settings.ends());
    }

    private Beam penalised(Beam beam) {
        return new Beam(beam.text(), beam.score() / penalty(beam.text().length() - prompt), beam.row());
    }

    private float penalty(int length) {
        return (float) Math.pow(length, settings.lengthPenalty());
    }

    private float bestPossible() {
        boolean mayGrow = settings.earlyStopping() == EarlyStopping.NEVER && settings.lengthPenalty() > 0;
        int length = mayGrow ? longest : running.get(0).text().length();
        return running.get(0).score() / penalty(length - prompt);
    }

    private float worstEnded() {
        return isFull() ? ended.get(ended.size() - 1).score() : NEVER;
    }

    private boolean isFull() {
        return ended.size() == settings.beams();
    }
}
