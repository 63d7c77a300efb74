package org.atelier.attention.shared;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Reference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Shared attention with AdaIN: an image attends to its own tokens and to the reference's. Hertz et al. 2024, section
 * 3.3. The defaults with reference images are those of the notebook of google/style-aligned.
 *
 * <p>The strength {@code subtle} halves the weight of reference tokens and shares three quarters of the layers;
 * {@code strong} doubles the weight; {@code famous} is for an image that the model has memorised and would otherwise
 * copy.
 *
 * <p>The option {@code exclude} leaves the subject of the reference out of the shared keys and values; AdaIN takes the
 * statistics of the whole reference, since the images have subjects too.
 */
@Designate(ocd = Options.class)
@Component(
        factory = AttentionStrategy.FACTORY,
        factoryProperty = {
            Plugins.NAME + "=shared",
            Plugins.WITHOUT_EFFECT + "=share-layer-norm",
            Plugins.WITHOUT_EFFECT + "=exclude-weight unless exclude",
            Plugins.WITH_REFERENCES + "share-group-norm=true",
            Plugins.WITH_PANORAMAS + "share-group-norm=true",
            Plugins.WITH_REFERENCES + "score-shift=" + SharedAttention.TWICE,
            Plugins.STRENGTH + "=subtle: score-scale=1.0, score-shift=-" + SharedAttention.TWICE + ", level=0.25",
            Plugins.STRENGTH + "=normal: score-scale=1.0, score-shift=0.0, level=0.0",
            Plugins.STRENGTH + "=strong: score-scale=1.0, score-shift=" + SharedAttention.TWICE + ", level=0.0",
            Plugins.STRENGTH + "=famous: score-scale=0.5, score-shift=0.0, level=0.0",
            Plugins.STRENGTH_WITH_REFERENCES + "=subtle: score-scale=1.0, score-shift=0.0, level=0.25",
            Plugins.STRENGTH_WITH_REFERENCES + "=normal: score-scale=1.0, score-shift=" + SharedAttention.TWICE
                    + ", level=0.0",
            Plugins.STRENGTH_WITH_REFERENCES + "=strong: score-scale=1.0, score-shift=" + SharedAttention.FOURFOLD
                    + ", level=0.0"
        })
public final class SharedAttention implements AttentionStrategy {

    /** ln 2: the score bias that doubles a weight. */
    static final double TWICE = 0.6931471805599453;

    /** 2 ln 2: the score bias that quadruples a weight. */
    static final double FOURFOLD = 2 * TWICE;

    private final Options options;
    private final SubjectExclusion exclusion;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public SharedAttention(Options options) {
        this.options = options;
        this.exclusion = new SubjectExclusion(List.of(options.exclude()), options.excludeWeight());
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return layer.kind() != Kind.SELF || layer.isPlainAt(options.level()) ? Attention.plain() : this::attend;
    }

    @Override
    public boolean sharesGroupNorm() {
        return options.shareGroupNorm();
    }

    @Override
    public Set<String> observedWords(AttentionLayer layer) {
        return referenceWords();
    }

    @Override
    public Set<String> referenceWords() {
        return Set.copyOf(exclusion.words());
    }

    private NDArray attend(AttentionCall call) {
        Heads own = call.own();
        NDArray query = options.adainQueries() ? adain(call, Heads::query) : own.query();
        NDArray key = options.adainKeys() ? adain(call, Heads::key) : own.key();
        NDArray value = options.adainValues() ? adain(call, Heads::value) : own.value();
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of(key, value));
        for (Reference style : call.styles()) {
            parts.add(scored(exclusion.of(call, style)).biased(Math.log(style.weight())));
        }
        return call.kernels().attend(query, parts);
    }

    /** The mean over the styles of AdaIN, by weight. */
    private static NDArray adain(AttentionCall call, Function<Heads, NDArray> part) {
        NDArray own = part.apply(call.own());
        return call.styles().stream()
                .map(style ->
                        call.kernels().adain(own, part.apply(style.heads())).mul(style.weight()))
                .reduce(NDArray::add)
                .orElse(own);
    }

    private Part scored(Part shared) {
        NDArray key = options.scoreScale() == 1 ? shared.key() : shared.key().mul(options.scoreScale());
        return new Part(key, shared.value(), options.scoreShift(), shared.tokenBias());
    }
}
