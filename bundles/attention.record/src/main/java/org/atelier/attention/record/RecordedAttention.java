package org.atelier.attention.record;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.GuidanceHalf;
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
 * Another strategy, whose attention is recorded: queries and keys before and after AdaIN, where chosen queries look, what
 * each query takes from the references, and the attended values. Images are identical to those of the other strategy,
 * because it computes with the same inputs; {@link ObservedKernels} notes what it passes to the kernels.
 *
 * <p>Only layers where images share are recorded, in the conditional half of guidance.
 *
 * <p>The component ignores its configuration, as the attention {@code partial} does.
 */
@Designate(ocd = Options.class)
@Component(
        factory = AttentionStrategy.FACTORY,
        factoryProperty = {
            Plugins.NAME + "=" + RecordedAttention.NAME,
            Plugins.WRAPPED + "=of",
            Plugins.WRAPPED_OPTIONS + "=options"
        },
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class RecordedAttention extends WrappingStrategy {

    static final String NAME = "record";

    private final Supplier<Recorder> recorders;
    private final Set<String> words;
    private final Map<String, Integer> lastLayers = new HashMap<>();
    private final Set<String> blocks = new LinkedHashSet<>();
    private Recorder recorder;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public RecordedAttention(Options options, @Reference StrategyProvider provider) {
        this(
                Set.of(options.words()),
                () -> Recorder.of(options),
                () -> provider.provide(other(options.of()), List.of(options.options())));
    }

    RecordedAttention(Set<String> words, Supplier<Recorder> recorders, Supplier<StrategyHandle> strategies) {
        super(strategies);
        this.words = words;
        this.recorders = recorders;
    }

    private static String other(String name) {
        if (name.equals(NAME)) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The attention 'record' cannot record itself; set its option 'of' to another attention.");
        }
        return name;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        Attention attention = wrapped().at(layer);
        if (recorder == null) {
            recorder = recorders.get();
        }
        if (layer.kind() != Kind.SELF) {
            return attention;
        }
        blocks.add(layer.block());
        if (layer.index() == layer.count() - 1) {
            recorder.choose(blocks);
        }
        if (attention.equals(Attention.plain())) {
            return attention;
        }
        lastLayers.merge(layer.block(), layer.index(), Math::max);
        return new Recorded(attention);
    }

    @Override
    public Set<String> observedWords(AttentionLayer layer) {
        Set<String> observed = new LinkedHashSet<>(super.observedWords(layer));
        observed.addAll(words);
        return observed;
    }

    @Deactivate
    void end() {
        endWrapped();
    }

    /** The attention of a layer; a call to be recorded is computed with observed kernels. */
    private final class Recorded implements Attention {

        private final Attention attention;

        Recorded(Attention attention) {
            this.attention = attention;
        }

        @Override
        public boolean isPlain() {
            return attention.isPlain();
        }

        @Override
        public NDArray attend(AttentionCall call) {
            if (call.half() != GuidanceHalf.CONDITIONAL || !isLastOfBlock(call.layer()) || !recorder.records(call)) {
                return attention.attend(call);
            }
            ObservedKernels kernels = new ObservedKernels(call.kernels());
            NDArray attended = attention.attend(new AttentionCall(
                    call.layer(),
                    call.own(),
                    call.references(),
                    call.step(),
                    call.images(),
                    call.half(),
                    kernels,
                    call.maps()));
            kernels.widest().ifPresent(seen -> recorder.record(call, seen, attended));
            return attended;
        }
    }

    private boolean isLastOfBlock(AttentionLayer layer) {
        return lastLayers.get(layer.block()) == layer.index();
    }
}
