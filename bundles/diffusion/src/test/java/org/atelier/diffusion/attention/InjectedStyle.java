package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Part;

/**
 * Style injection: in the up blocks, queries blended with those of the content attend to the keys and values of the
 * style, with a temperature. Chung et al. 2024, Style Injection in Diffusion, sections 4.1 and 4.2.
 */
public final class InjectedStyle implements AttentionStrategy {

    private final double gamma;
    private final double temperature;

    /**
     * @param gamma share of the content in the queries, 0 to 1
     * @param temperature multiplies the scores
     */
    public InjectedStyle(double gamma, double temperature) {
        this.gamma = gamma;
        this.temperature = temperature;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        boolean injects = layer.kind() == Kind.SELF && layer.block().startsWith("up");
        return injects ? this::attend : Attention.plain();
    }

    private NDArray attend(AttentionCall call) {
        Heads style = call.styles().get(0).heads();
        NDArray own = call.own().query();
        NDArray query = call.content()
                .map(content -> own.mul(1 - gamma).add(content.heads().query().mul(gamma)))
                .orElse(own);
        return call.kernels().attend(query.mul(temperature), List.of(Part.of(style.key(), style.value())));
    }
}
