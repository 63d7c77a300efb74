package org.atelier.onnx.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.onnx.generation.GenerationSettings.EarlyStopping;

/**
 * Follows several texts side by side and keeps the best that ended, step for step and in single precision as transformers'
 * {@code _beam_search}.
 */
final class BeamSearch {

    /** Far below any score: what a text has that must not go on, or must not count. */
    private static final float NEVER = -1e9f;

    private static final Comparator<Beam> BEST_FIRST =
            Comparator.comparing(Beam::score).reversed();

    /**
     * A text under way or ended.
     *
     * @param score the logarithm of its probability; of one that ended, with the length's penalty
     * @param row which of the last step's texts it continues
     */
    private record Beam(TokenHistory text, float score, int row) {}

    /**
     * A token that may continue a text.
     *
     * @param score with the text's own
     */
    private record Candidate(int row, int token, float score, float logProbability) {}

    /** Of equals the first row, and the first token, is better. */
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
        // All begin alike; only the first may go on, or all would say the same.
        this.running = IntStream.range(0, settings.beams())
                .mapToObj(row -> new Beam(new TokenHistory(prompt), row == 0 ? 0 : NEVER, row))
                .toList();
        this.allHit = prompt.length >= longest;
    }

    boolean goesOn() {
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

    /** @param logits (row, token) of what follows each text */
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
        // Those beyond the beams' number are only there to go on where the best have ended.
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
        // The worst at the head, to be replaced.
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
