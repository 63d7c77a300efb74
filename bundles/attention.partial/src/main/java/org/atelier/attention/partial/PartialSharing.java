package org.atelier.attention.partial;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Restyling;
import org.atelier.api.attention.StrategyHandle;
import org.atelier.api.attention.StrategyProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Partial sharing: another strategy at the selected layers, plain attention at the others.
 *
 * <p>The wrapped strategy is started on the first method call: a component cannot report why its constructor failed,
 * but a method can throw an {@link AtelierException}.
 *
 * <p>The component ignores its configuration, because Declarative Services would deactivate running instances when it
 * changes. The configured values reach a set through its resolved request.
 */
@Designate(ocd = Options.class)
@Component(
        factory = AttentionStrategy.FACTORY,
        factoryProperty = {
            Plugins.NAME + "=" + PartialSharing.NAME,
            Plugins.WRAPPED + "=of",
            Plugins.WRAPPED_OPTIONS + "=options"
        },
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class PartialSharing implements AttentionStrategy {

    static final String NAME = "partial";

    private final Supplier<LayerChoice> choice;
    private final Supplier<StrategyHandle> strategy;
    private LayerChoice chosen;
    private StrategyHandle started;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public PartialSharing(Options options, @Reference StrategyProvider strategies) {
        this(
                () -> LayerChoice.of(
                        options.level(),
                        List.of(options.layers()),
                        Arrays.stream(options.resolutions()).boxed().toList()),
                () -> strategies.provide(other(options.of()), List.of(options.options())));
    }

    private static String other(String name) {
        if (name.equals(NAME)) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The attention 'partial' cannot wrap 'partial'; set its option 'of' to another attention.");
        }
        return name;
    }

    PartialSharing(Supplier<LayerChoice> choice, Supplier<StrategyHandle> strategy) {
        this.choice = choice;
        this.strategy = strategy;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        AttentionStrategy wrapped = wrapped();
        return chosen.includes(layer) ? wrapped.at(layer) : Attention.plain();
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

    @Deactivate
    void end() {
        if (started != null) {
            started.close();
        }
    }

    private AttentionStrategy wrapped() {
        if (started == null) {
            chosen = choice.get();
            started = strategy.get();
        }
        return started.strategy();
    }
}
