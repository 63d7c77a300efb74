package org.example.myblend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

/** The weighted mean of the references; {@code contrast} is the exponent of the weights. */
@Designate(ocd = MyBlend.Options.class)
@Component(factory = StyleBlend.FACTORY, factoryProperty = Plugins.NAME + "=my-blend")
public final class MyBlend implements StyleBlend {

    /** The options, set by {@code --blend-option contrast=2}. */
    @ObjectClassDefinition(name = "my-blend", description = "The weighted mean of the references.")
    public @interface Options {

        @AttributeDefinition(
                name = "Contrast",
                description = "The exponent of the weights: 0 ignores them, 1 uses them unchanged, 9 nearly"
                    + " selects the largest.",
                min = "0",
                max = "9")
        double contrast() default 1;
    }

    private final double contrast;

    /** Creates the instance for one set; types and ranges of the options have been validated. */
    @Activate
    public MyBlend(Options options) {
        this(options.contrast());
    }

    MyBlend(double contrast) {
        this.contrast = contrast;
    }

    @Override
    public Optional<NDArray> blend(List<WeightedLatents> references) {
        double sum = references.stream().mapToDouble(this::share).sum();
        NDManager manager = references.get(0).latents().getManager();
        try (NDManager memory = manager.newSubManager()) {
            Optional<NDArray> mean = references.stream()
                    .map(reference -> within(memory, reference.latents().mul(share(reference) / sum)))
                    .reduce(NDArray::add);
            mean.ifPresent(result -> result.attach(manager));
            return mean;
        }
    }

    private double share(WeightedLatents reference) {
        return Math.pow(reference.weight(), contrast);
    }

    /** Attaches a temporary array to a manager that is closed, as results belong to the manager of their first operand. */
    private static NDArray within(NDManager memory, NDArray latents) {
        latents.attach(memory);
        return latents;
    }
}
