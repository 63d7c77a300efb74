package org.atelier.metric.texture;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.Plugins;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;
import org.atelier.metric.slices.CieLab;
import org.atelier.metric.slices.ImageSample;
import org.atelier.metric.slices.SlicedWasserstein;
import org.osgi.service.component.annotations.Component;

/**
 * The distance between the textures of two images, independent of position: the sliced Wasserstein distance, along 64
 * fixed directions, between the responses of five fixed filters on lightness, averaged over four scales. Based on Heitz
 * et al. 2021, "A Sliced Wasserstein Loss for Neural Texture Synthesis", with fixed filters instead of a network's.
 */
@Component(factory = SetMetric.FACTORY, factoryProperty = Plugins.NAME + "=texture")
public final class TextureDistance implements SetMetric {

    private static final int SCALES = 4;

    private final SlicedWasserstein slices =
            SlicedWasserstein.along(TextureDistance.class.getResourceAsStream("directions.csv"));

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        ImageSample sample = ImageSample.of(set);
        sample.note("texture", listener);
        return sample.restored(measureAll(sample.images(), listener));
    }

    /** If images are too small for all four scales, only scales that all images have are used. */
    private List<Measurement> measureAll(MeasuredSet set, MeasuringListener listener) {
        List<Lightness> images = set.all().stream()
                .map(image -> Lightness.of(CieLab.of(image.image())))
                .toList();
        int count = images.size();
        double[][] distances = new double[count][count];
        int scales = 0;
        while (scales < SCALES && images.stream().allMatch(Lightness::isFilterable)) {
            add(slices.between(images.stream().map(Lightness::responses).toList(), listener), distances);
            images = images.stream().map(Lightness::halved).toList();
            scales++;
        }
        if (scales == 0) {
            return List.of();
        }
        int averaged = scales;
        return Stream.of(
                        Measurement.ofPairs(
                                "Texture, all pairs",
                                Direction.LOWER_IS_CLOSER,
                                set,
                                (i, j) -> distances[i][j] / averaged),
                        Measurement.ofReferences(
                                "Texture, to the reference",
                                Direction.LOWER_IS_CLOSER,
                                set,
                                (i, j) -> distances[i][j] / averaged))
                .flatMap(Optional::stream)
                .toList();
    }

    private static void add(double[][] more, double[][] sum) {
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[i][j] += more[i][j];
            }
        }
    }
}
