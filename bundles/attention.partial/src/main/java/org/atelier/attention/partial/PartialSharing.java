package org.atelier.attention.partial;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.StrategyHandle;
import org.atelier.api.attention.StrategyProvider;
import org.atelier.api.attention.WrappingStrategy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Partial sharing: another strategy at the selected layers, plain attention at the others.
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
public final class PartialSharing extends WrappingStrategy {

    static final String NAME = "partial";

    private final Supplier<LayerChoice> choice;
    private LayerChoice chosen;

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
        super(() -> {
            // An invalid choice is reported before anything starts.
            Objects.requireNonNull(choice.get());
            return strategy.get();
        });
        this.choice = choice;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        AttentionStrategy wrapped = wrapped();
        if (chosen == null) {
            chosen = choice.get();
        }
        return chosen.includes(layer) ? wrapped.at(layer) : Attention.plain();
    }

    @Deactivate
    void end() {
        endWrapped();
    }
}
