package ${package};

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.Plugins;
import org.atelier.api.metric.Comparison;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The difference in lightness between images, in levels of 255. */
@Designate(ocd = ${className}Metric.Options.class)
@Component(factory = SetMetric.FACTORY, factoryProperty = Plugins.NAME + "=${artifactId}")
public final class ${className}Metric implements SetMetric {

    /** The options, set by {@code --metric-option ${artifactId}.quantile=0.9}. */
    @ObjectClassDefinition(name = "${artifactId}", description = "The difference in lightness between images.")
    public @interface Options {

        @AttributeDefinition(
                name = "Quantile",
                description = "The quantile of an image's lightness that is compared: 0 the darkest, 0.5 the"
                    + " median, 1 the lightest.",
                min = "0",
                max = "1")
        double quantile() default 0.5;
    }

    private final double quantile;

    /** Creates the instance for one evaluation; types and ranges of the options have been validated. */
    @Activate
    public ${className}Metric(Options options) {
        this(options.quantile());
    }

    ${className}Metric(double quantile) {
        this.quantile = quantile;
    }

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        List<Integer> levels = set.all().stream()
                .map(image -> {
                    listener.throwIfCancelled();
                    return lightness(image.image());
                })
                .toList();
        Comparison distance = (one, other) -> Math.abs(levels.get(one) - levels.get(other));
        return Stream.of(
                        Measurement.ofPairs("Lightness, all pairs", Direction.LOWER_IS_CLOSER, set, distance),
                        Measurement.ofReferences("Lightness, to the reference", Direction.LOWER_IS_CLOSER, set, distance))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The lightness of an image, 0 to 255, with the weights of ITU-R BT.601. */
    private int lightness(BufferedImage image) {
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        int[] sorted = Arrays.stream(pixels)
                .map(colour ->
                        (299 * (colour >> 16 & 0xFF) + 587 * (colour >> 8 & 0xFF) + 114 * (colour & 0xFF)) / 1000)
                .sorted()
                .toArray();
        return sorted[(int) Math.round(quantile * (sorted.length - 1))];
    }
}
