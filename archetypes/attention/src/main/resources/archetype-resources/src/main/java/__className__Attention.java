package ${package};

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Shared attention: an image attends to the references' tokens as well as its own, weighted by {@code strength}. */
@Designate(ocd = ${className}Attention.Options.class)
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=${artifactId}")
public final class ${className}Attention implements AttentionStrategy {

    /** The options, set by {@code --attention-option strength=2}. */
    @ObjectClassDefinition(
            name = "${artifactId}",
            description = "An image attends to the references' tokens as well as its own.")
    public @interface Options {

        @AttributeDefinition(
                name = "Strength",
                description = "The weight of a reference's token relative to the image's own: 1 equal, 0 none.",
                min = "0",
                max = "100")
        double strength() default 1;

        @AttributeDefinition(
                name = "AdaIN",
                description = "Normalise queries and keys to the references' mean and standard deviation.")
        boolean adain() default true;
    }

    private final double strength;
    private final boolean adain;

    /** Creates the instance for one set; types and ranges of the options have been validated. */
    @Activate
    public ${className}Attention(Options options) {
        this(options.strength(), options.adain());
    }

    ${className}Attention(double strength, boolean adain) {
        this.strength = strength;
        this.adain = adain;
    }

    /** Called once for every attention layer; cross-attention is left unchanged. */
    @Override
    public Attention at(AttentionLayer layer) {
        return layer.kind() != Kind.SELF || strength == 0 ? Attention.plain() : this::attend;
    }

    private NDArray attend(AttentionCall call) {
        Heads own = call.own();
        NDArray query = adain ? adain(call, Heads::query) : own.query();
        NDArray key = adain ? adain(call, Heads::key) : own.key();
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of(key, own.value()));
        for (Reference style : call.styles()) {
            Heads shown = style.heads();
            // Adding to a score before the softmax multiplies its weight after it.
            parts.add(Part.of(shown.key(), shown.value()).biased(Math.log(strength * style.weight())));
        }
        return call.kernels().attend(query, parts);
    }

    /** The weighted mean of AdaIN with each reference. */
    private static NDArray adain(AttentionCall call, Function<Heads, NDArray> part) {
        NDArray own = part.apply(call.own());
        return call.styles().stream()
                .map(style -> call.kernels().adain(own, part.apply(style.heads())).mul(style.weight()))
                .reduce(NDArray::add)
                .orElse(own);
    }
}
