package org.atelier.attention.shared;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Reference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Shared attention with AdaIN: a picture attends to its own tokens and to the reference's. Hertz et al. 2024, section
 * 3.3. For a style from a picture the defaults are those of google/style-aligned's notebook.
 */
@Designate(ocd = Options.class)
@Component(
        factory = AttentionStrategy.FACTORY,
        factoryProperty = {
            Plugins.NAME + "=shared",
            Plugins.WITH_REFERENCES + "share-group-norm=true",
            Plugins.WITH_REFERENCES + "score-shift=" + SharedAttention.TWICE
        })
public final class SharedAttention implements AttentionStrategy {

    /** ln 2: what is added to a score that shall count twice. */
    static final double TWICE = 0.6931471805599453;

    private final Options options;

    /** @param options the set's, over those of the configuration */
    @Activate
    public SharedAttention(Options options) {
        this.options = options;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return layer.isPlainAt(options.level()) ? Attention.plain() : this::attend;
    }

    @Override
    public boolean sharesGroupNorm() {
        return options.shareGroupNorm();
    }

    private NDArray attend(Heads own, List<Reference> references, Kernels kernels) {
        NDArray query = options.adainQueries() ? adain(own, references, Heads::query, kernels) : own.query();
        NDArray key = options.adainKeys() ? adain(own, references, Heads::key, kernels) : own.key();
        NDArray value = options.adainValues() ? adain(own, references, Heads::value, kernels) : own.value();
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of(key, value));
        for (Reference reference : references) {
            parts.add(shown(reference.heads()).shifted(Math.log(reference.weight())));
        }
        return kernels.attend(query, parts);
    }

    /** Towards the references' moments, each by its weight. */
    private static NDArray adain(
            Heads own, List<Reference> references, Function<Heads, NDArray> part, Kernels kernels) {
        return references.stream()
                .map(reference -> kernels.adain(part.apply(own), part.apply(reference.heads()))
                        .mul(reference.weight()))
                .reduce(NDArray::add)
                .orElse(part.apply(own));
    }

    private Part shown(Heads reference) {
        NDArray key =
                options.scoreScale() == 1 ? reference.key() : reference.key().mul(options.scoreScale());
        return new Part(key, reference.value(), options.scoreShift());
    }
}
