package org.example.leavingout;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

/** Shared attention that sees of a reference all but its subject: the tokens where a word of its prompt is. */
@Designate(ocd = LeavingOutAttention.Options.class)
@Component(factory = AttentionStrategy.FACTORY, factoryProperty = Plugins.NAME + "=leaving-out")
public final class LeavingOutAttention implements AttentionStrategy {

    @ObjectClassDefinition(name = "Leaving out")
    public @interface Options {

        @AttributeDefinition(description = "The word for what is left out, as in the reference's prompt.")
        String word() default "house";
    }

    private static final double NEVER = -1e9;

    private final String word;

    @Activate
    public LeavingOutAttention(Options options) {
        this(options.word());
    }

    public LeavingOutAttention(String word) {
        this.word = word;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        return layer.kind() == Kind.SELF ? this::attend : Attention.plain();
    }

    @Override
    public Set<String> observedWords(AttentionLayer layer) {
        return Set.of(word);
    }

    private NDArray attend(AttentionCall call) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of(adain(call, Heads::key), call.own().value()));
        for (Reference style : call.styles()) {
            Part all = Part.of(style.heads().key(), style.heads().value()).biased(Math.log(style.weight()));
            parts.add(call.maps()
                    .of(style, word)
                    .map(map -> all.biased(subject(map).mul(NEVER)))
                    .orElse(all));
        }
        return call.kernels().attend(adain(call, Heads::query), parts);
    }

    /** 1 where a map is above the middle between its lowest and its highest number, else 0. */
    private static NDArray subject(NDArray map) {
        NDArray middle = map.min().add(map.max()).div(2);
        return map.sub(middle).sign().clip(0, 1);
    }

    private static NDArray adain(AttentionCall call, Function<Heads, NDArray> part) {
        NDArray own = part.apply(call.own());
        return call.styles().stream()
                .map(style -> call.kernels().adain(own, part.apply(style.heads())).mul(style.weight()))
                .reduce(NDArray::add)
                .orElse(own);
    }
}
