package org.atelier.api.attention;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A strategy that changes the attention of another one: everything that a subclass does not override is the other's.
 *
 * <p>The other strategy is started on the first method call: a component cannot report why its constructor failed, but a
 * method can throw an {@link org.atelier.api.AtelierException}.
 */
public abstract class WrappingStrategy implements AttentionStrategy {

    private final Supplier<StrategyHandle> strategies;
    private StrategyHandle started;

    /** @param strategies starts the other strategy; called at most once */
    protected WrappingStrategy(Supplier<StrategyHandle> strategies) {
        this.strategies = strategies;
    }

    /** The other strategy. */
    protected final AttentionStrategy wrapped() {
        if (started == null) {
            started = strategies.get();
        }
        return started.strategy();
    }

    /** Ends the other strategy if it was started; to be called when the component is deactivated. */
    protected final void endWrapped() {
        if (started != null) {
            started.close();
        }
    }

    @Override
    public Set<String> observedWords(AttentionLayer layer) {
        return wrapped().observedWords(layer);
    }

    @Override
    public Set<String> referenceWords() {
        return wrapped().referenceWords();
    }

    @Override
    public Coupling coupling() {
        return wrapped().coupling();
    }

    @Override
    public boolean sharesGroupNorm() {
        return wrapped().sharesGroupNorm();
    }

    @Override
    public Optional<Restyling> restyling() {
        return wrapped().restyling();
    }
}
