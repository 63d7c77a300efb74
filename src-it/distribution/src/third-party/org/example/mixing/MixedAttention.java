package org.example.mixing;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.Plugins;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Part;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** An image takes a share of what it sees from the references, and the rest from itself; two softmaxes, not one. */
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
        return layer.kind() != Kind.SELF || share == 0 ? Attention.plain() : this::attend;
    }

    private NDArray attend(AttentionCall call) {
        List<Part> shown = call.styles().stream()
                .map(style -> Part.of(style.heads().key(), style.heads().value()).biased(Math.log(style.weight())))
                .toList();
        NDArray itself = Attention.plain().attend(call);
        return itself.mul(1 - share)
                .add(call.kernels().attend(call.own().query(), shown).mul(share));
    }
}
