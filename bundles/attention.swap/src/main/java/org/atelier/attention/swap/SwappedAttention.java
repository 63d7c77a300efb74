package org.atelier.attention.swap;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Part;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Swapped self-attention: in late layers an image's queries attend to the keys and values of the references instead of
 * its own. Jeong et al. 2024, Visual Style Prompting with Swapping Self-Attention, section 3.2.
 */
@Designate(ocd = Options.class)
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=swap")
public final class SwappedAttention implements AttentionStrategy {

    private final List<String> chosen;
    private final Set<String> blocks = new LinkedHashSet<>();
    private int largest;

    /** @param options the set's options, with defaults from the configuration */
    @Activate
    public SwappedAttention(Options options) {
        this(List.of(options.layers()));
    }

    SwappedAttention(List<String> layers) {
        this.chosen = layers.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public Attention at(AttentionLayer layer) {
        if (layer.kind() != Kind.SELF) {
            return Attention.plain();
        }
        int tokens = layer.height() * layer.width();
        largest = layer.index() == 0 ? tokens : Math.max(largest, tokens);
        blocks.add(layer.block());
        if (layer.index() == layer.count() - 1) {
            chosen.forEach(this::requireBlock);
        }
        // Down blocks come before up blocks, so the largest feature map is known by then.
        boolean isLate = layer.block().startsWith("up") && tokens == largest;
        boolean swaps = chosen.isEmpty() ? isLate : chosen.contains(layer.block());
        return swaps ? SwappedAttention::attend : Attention.plain();
    }

    private void requireBlock(String name) {
        if (!blocks.contains(name)) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "The model has no self-attention block '%s'; available: %s."
                            .formatted(name, String.join(", ", blocks)));
        }
    }

    private static NDArray attend(AttentionCall call) {
        List<Part> styles = call.styles().stream()
                .map(style -> part(style.heads()).biased(Math.log(style.weight())))
                .toList();
        return styles.isEmpty()
                ? Attention.plain().attend(call)
                : call.kernels().attend(call.own().query(), styles);
    }

    private static Part part(Heads style) {
        return Part.of(style.key(), style.value());
    }
}
