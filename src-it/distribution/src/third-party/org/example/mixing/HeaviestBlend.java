package org.example.mixing;

import ai.djl.ndarray.NDArray;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.atelier.api.Plugins;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The reference of the largest weight, alone; or the one of the next largest, and so on. */
@Designate(ocd = HeaviestBlend.Options.class)
@Component(factory = StyleBlend.FACTORY, factoryProperty = Plugins.NAME + "=heaviest")
public final class HeaviestBlend implements StyleBlend {

    @ObjectClassDefinition(name = "The heaviest")
    public @interface Options {

        @AttributeDefinition(description = "How many are heavier.", min = "0")
        int heavier() default 0;
    }

    private final int heavier;

    @Activate
    public HeaviestBlend(Options options) {
        this.heavier = options.heavier();
    }

    @Override
    public Optional<NDArray> blend(List<WeightedLatents> references) {
        return references.stream()
                .sorted(Comparator.comparingDouble(WeightedLatents::weight).reversed())
                .skip(heavier)
                .findFirst()
                .map(chosen -> chosen.latents().duplicate());
    }
}
