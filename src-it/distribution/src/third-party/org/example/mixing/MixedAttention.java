package org.example.mixing;

import ai.djl.ndarray.NDArray;
import java.util.List;
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

/** A picture takes a share of what it sees from the references, and the rest from itself; two softmaxes, not one. */
@Designate(ocd = MixedAttention.Options.class)
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=mixed")
public final class MixedAttention implements AttentionStrategy {

    @ObjectClassDefinition(name = "Mixed attention")
    public @interface Options {

        @AttributeDefinition(description = "What is taken from the references.", min = "0", max = "1")
        double referenceShare() default 0.25;
    }

    private final double share;

    @Activate
    public MixedAttention(Options options) {
        this.share = options.referenceShare();
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return share == 0 ? Attention.plain() : this::attend;
    }

    private NDArray attend(Heads own, List<Reference> references, Kernels kernels) {
        List<Part> shown = references.stream()
                .map(reference -> Part.of(reference.heads().key(), reference.heads().value())
                        .shifted(Math.log(reference.weight())))
                .toList();
        NDArray itself = kernels.attend(own.query(), List.of(Part.of(own.key(), own.value())));
        return itself.mul(1 - share).add(kernels.attend(own.query(), shown).mul(share));
    }
}
