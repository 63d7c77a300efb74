package org.atelier.attention.partial;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;

/**
 * The layers with a trait that a list names.
 *
 * @param <T> the trait: the name of a block, the height of a feature map
 */
final class ListedLayers<T> implements LayerChoice {

    private final String kind;
    private final Set<T> listed;
    private final Function<AttentionLayer, T> trait;
    private final Set<T> seen = new LinkedHashSet<>();
    private int asked;

    /** @param kind what has the trait, for the sentence about a wrong one */
    ListedLayers(String kind, List<T> listed, Function<AttentionLayer, T> trait) {
        this.kind = kind;
        this.listed = new LinkedHashSet<>(listed);
        this.trait = trait;
    }

    @Override
    public boolean includes(AttentionLayer layer) {
        if (layer.kind() == Kind.SELF) {
            seen.add(trait.apply(layer));
            asked++;
            if (asked == layer.count()) {
                refuseWhatIsNotThere();
            }
        }
        return listed.contains(trait.apply(layer));
    }

    private void refuseWhatIsNotThere() {
        for (T wanted : listed) {
            if (!seen.contains(wanted)) {
                String there = seen.stream().map(Object::toString).collect(Collectors.joining(", "));
                throw new AtelierException(
                        INVALID_REQUEST,
                        "The model has no %s '%s' that images could share; there are %s."
                                .formatted(kind, wanted, there));
            }
        }
    }
}
