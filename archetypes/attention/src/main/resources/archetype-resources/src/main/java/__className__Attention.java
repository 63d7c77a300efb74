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

/** Shared attention: an image sees the references' tokens beside its own, as often as {@code strength} says. */
@Designate(ocd = ${className}Attention.Options.class)
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=${artifactId}")
public final class ${className}Attention implements AttentionStrategy {

    /** What a set may ask for: {@code --attention-option strength=2}. */
    @ObjectClassDefinition(
            name = "${artifactId}",
            description = "An image sees the references' tokens beside its own.")
    public @interface Options {

        @AttributeDefinition(
                name = "Strength",
                description = "How often a token of a reference counts: 1 as often as one of the image, 0 never.",
                min = "0",
                max = "100")
        double strength() default 1;

        @AttributeDefinition(
                name = "AdaIN",
                description = "Give queries and keys the mean and deviation of the references'.")
        boolean adain() default true;
    }

    private final double strength;
    private final boolean adain;

    /** One instance generates one set; the options are checked by their types and ranges before. */
    @Activate
    public ${className}Attention(Options options) {
        this(options.strength(), options.adain());
    }

    ${className}Attention(double strength, boolean adain) {
        this.strength = strength;
        this.adain = adain;
    }

    /** Asked once for every attention of the network; cross-attention, to the words, stays as it is. */
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
            // What is added to a score before the softmax multiplies how often it counts after it.
            parts.add(Part.of(shown.key(), shown.value()).biased(Math.log(strength * style.weight())));
        }
        return call.kernels().attend(query, parts);
    }

    /** The mean of what each reference would make of it, by their weights. */
    private static NDArray adain(AttentionCall call, Function<Heads, NDArray> part) {
        NDArray own = part.apply(call.own());
        return call.styles().stream()
                .map(style -> call.kernels().adain(own, part.apply(style.heads())).mul(style.weight()))
                .reduce(NDArray::add)
                .orElse(own);
    }
}
