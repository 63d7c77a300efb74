package org.example.mixing;

import java.awt.image.BufferedImage;
import java.util.List;
import org.atelier.api.Plugins;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;
import org.osgi.service.component.annotations.Component;

/** How far the mean levels of two images lie apart. */
@Component(factory = SetMetric.FACTORY, factoryProperty = Plugins.NAME + "=lightness")
public final class LightnessMetric implements SetMetric {

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        List<Double> levels =
                set.all().stream().map(image -> level(image.image())).toList();
        return Measurement.ofPairs(
                        "Lightness, all pairs",
                        Measurement.Direction.LOWER_IS_CLOSER,
                        set,
                        (one, other) -> Math.abs(levels.get(one) - levels.get(other)))
                .stream()
                .toList();
    }

    private static double level(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        double sum = 0;
        for (int pixel : image.getRGB(0, 0, width, height, null, 0, width)) {
            sum += (pixel >> 16 & 255) + (pixel >> 8 & 255) + (pixel & 255);
        }
        return sum / (3.0 * width * height);
    }
}
