package org.atelier.metric.palette;

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
 * The distance between the palettes of two images: the sliced Wasserstein distance between their pixels in CIELAB along
 * 64 fixed directions, in units of ΔE. It is never 0 for images of different objects.
 */
@Component(factory = SetMetric.FACTORY, factoryProperty = Plugins.NAME + "=palette")
public final class PaletteDistance implements SetMetric {

    private final SlicedWasserstein slices =
            SlicedWasserstein.along(PaletteDistance.class.getResourceAsStream("directions.csv"));

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        ImageSample sample = ImageSample.of(set);
        sample.note("palette", listener);
        return sample.restored(measureAll(sample.images(), listener));
    }

    private List<Measurement> measureAll(MeasuredSet set, MeasuringListener listener) {
        List<double[][]> colours = set.all().stream()
                .map(image -> CieLab.of(image.image()).planes())
                .toList();
        double[][] distances = slices.between(colours, listener);
        return Stream.of(
                        Measurement.ofPairs(
                                "Palette, all pairs (ΔE)", Direction.LOWER_IS_CLOSER, set, (i, j) -> distances[i][j]),
                        Measurement.ofReferences(
                                "Palette, to the reference (ΔE)",
                                Direction.LOWER_IS_CLOSER,
                                set,
                                (i, j) -> distances[i][j]))
                .flatMap(Optional::stream)
                .toList();
    }
}
