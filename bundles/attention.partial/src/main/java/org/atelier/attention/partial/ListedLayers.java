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
 * Selects the layers with a listed property.
 *
 * @param <T> the property: the name of a block, or the height of a feature map
 */
final class ListedLayers<T> implements LayerChoice {

    private final String kind;
    private final Set<T> listed;
    private final Function<AttentionLayer, T> property;
    private final Set<T> seen = new LinkedHashSet<>();
    private int calls;

    /** @param kind what has the property, for error messages */
    ListedLayers(String kind, List<T> listed, Function<AttentionLayer, T> property) {
        this.kind = kind;
        this.listed = new LinkedHashSet<>(listed);
        this.property = property;
    }

    @Override
    public boolean includes(AttentionLayer layer) {
        if (layer.kind() == Kind.SELF) {
            seen.add(property.apply(layer));
            calls++;
            if (calls == layer.count()) {
                rejectUnknown();
            }
        }
        return listed.contains(property.apply(layer));
    }

    private void rejectUnknown() {
        for (T wanted : listed) {
            if (!seen.contains(wanted)) {
                String available = seen.stream().map(Object::toString).collect(Collectors.joining(", "));
                throw new AtelierException(
                        INVALID_REQUEST, "The model has no %s '%s'; available: %s.".formatted(kind, wanted, available));
            }
        }
    }
}
