package org.atelier.plugins.checked;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Restyling;

/** An attention strategy whose faults name it and the layer. */
public record CheckedStrategy(PluginCalls calls, AttentionStrategy strategy) implements AttentionStrategy {

    @Override
    public Attention at(AttentionLayer layer) {
        Attention attention = calls.call("at(%s)".formatted(description(layer)), () -> strategy.at(layer));
        return attention.equals(Attention.plain())
                ? attention
                : new CheckedAttention(calls, attention, "attend(%s)".formatted(description(layer)));
    }

    @Override
    public Set<String> observedWords(AttentionLayer layer) {
        return words("observedWords(%s)".formatted(description(layer)), () -> strategy.observedWords(layer));
    }

    @Override
    public Set<String> referenceWords() {
        return words("referenceWords()", strategy::referenceWords);
    }

    private Set<String> words(String method, Supplier<Set<String>> call) {
        Set<String> words = calls.call(method, call);
        calls.require(words.stream().allMatch(Objects::nonNull), method, "a word that is null");
        return Set.copyOf(words);
    }

    @Override
    public Coupling coupling() {
        return calls.call("coupling()", strategy::coupling);
    }

    @Override
    public boolean sharesGroupNorm() {
        return calls.call("sharesGroupNorm()", strategy::sharesGroupNorm);
    }

    @Override
    public Optional<Restyling> restyling() {
        return calls.call("restyling()", strategy::restyling);
    }

    /** {@code self-attention layer 3 in down1}. */
    private static String description(AttentionLayer layer) {
        String kind =
                switch (layer.kind()) {
                    case SELF -> "self-attention";
                    case CROSS -> "cross-attention";
                    case JOINT -> "joint attention";
                };
        return "%s layer %d in %s".formatted(kind, layer.index(), layer.block());
    }
}
