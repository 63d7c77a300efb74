package org.example.mystyle;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Reference;
import org.atelier.api.attention.AttentionLayer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Shared attention: a picture sees the references' tokens beside its own, as often as {@code strength} says. */
@Designate(ocd = MyStyleAttention.Options.class)
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=my-style")
public final class MyStyleAttention implements AttentionStrategy {

    /** What a set may ask for: {@code --attention-option strength=2}. */
    @ObjectClassDefinition(
            name = "my-style",
            description = "A picture sees the references' tokens beside its own.")
    public @interface Options {

        @AttributeDefinition(
                name = "Strength",
                description = "How often a token of a reference counts: 1 as often as one of the picture, 0 never.",
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

    /** One instance draws one set; the options are checked by their types and ranges before. */
    @Activate
    public MyStyleAttention(Options options) {
        this(options.strength(), options.adain());
    }

    MyStyleAttention(double strength, boolean adain) {
        this.strength = strength;
        this.adain = adain;
    }

    /** Asked once for every self-attention of the network. */
    @Override
    public Attention at(AttentionLayer layer) {
        return strength == 0 ? Attention.plain() : this::attend;
    }

    private NDArray attend(Heads own, List<Reference> references, Kernels kernels) {
        NDArray query = adain ? adain(own, references, Heads::query, kernels) : own.query();
        NDArray key = adain ? adain(own, references, Heads::key, kernels) : own.key();
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of(key, own.value()));
        for (Reference reference : references) {
            Heads shown = reference.heads();
            // What is added to a score before the softmax multiplies how often it counts after it.
            parts.add(Part.of(shown.key(), shown.value()).shifted(Math.log(strength * reference.weight())));
        }
        return kernels.attend(query, parts);
    }

    /** The mean of what each reference would make of it, by their weights. */
    private static NDArray adain(
            Heads own, List<Reference> references, Function<Heads, NDArray> part, Kernels kernels) {
        return references.stream()
                .map(reference -> kernels.adain(part.apply(own), part.apply(reference.heads()))
                        .mul(reference.weight()))
                .reduce(NDArray::add)
                .orElse(part.apply(own));
    }
}
