package org.atelier.attention.injection;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Restyling;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Style injection (StyleID): in the last layers of the decoder, queries blended with those of the content attend to the
 * keys and values of the style, with a temperature. Chung et al. 2024, Style Injection in Diffusion, sections 4.1 and
 * 4.2.
 */
@Designate(ocd = Options.class)
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=injection")
public final class InjectedAttention implements AttentionStrategy {

    /** Layers 7 to 11 of the decoder of Stable Diffusion 1 and 2, whose first three have no attention. */
    private static final double PUBLISHED = 5 / 9.0;

    /** Layers 6 to 11. */
    private static final double ORIGINAL = 6 / 9.0;

    private final Options options;
    private final NavigableSet<Integer> decoder = new TreeSet<>();

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public InjectedAttention(Options options) {
        this.options = options;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        if (layer.kind() != Kind.SELF || !layer.block().startsWith("up")) {
            return Attention.plain();
        }
        decoder.add(layer.index());
        return new Injection(layer.index());
    }

    @Override
    public Optional<Restyling> restyling() {
        return Optional.of(new Restyling(options.initialAdain(), options.original()));
    }

    private double share() {
        if (options.decoderShare() > 0) {
            return options.decoderShare();
        }
        return options.original() ? ORIGINAL : PUBLISHED;
    }

    /** Attention in the decoder. How many layers the decoder has is known once {@link #at} was called for all. */
    private final class Injection implements Attention {

        private final int layer;

        Injection(int layer) {
            this.layer = layer;
        }

        @Override
        public boolean isPlain() {
            return decoder.tailSet(layer).size() > Math.round(share() * decoder.size());
        }

        @Override
        public NDArray attend(AttentionCall call) {
            if (call.styles().isEmpty()) {
                return Attention.plain().attend(call);
            }
            NDArray own = call.own().query();
            NDArray query = call.content()
                    .map(content -> content.heads().query().mul(options.gamma()).add(own.mul(1 - options.gamma())))
                    .orElse(own);
            List<Part> styles = call.styles().stream()
                    .map(style -> part(style.heads()).biased(Math.log(style.weight())))
                    .toList();
            return call.kernels().attend(query.mul(options.temperature()), styles);
        }
    }

    private static Part part(Heads style) {
        return Part.of(style.key(), style.value());
    }
}
