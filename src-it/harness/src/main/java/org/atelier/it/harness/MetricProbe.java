package org.atelier.it.harness;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;

/** Measures a plain image and two striped images with every metric; returns each measurement with its parts. */
public final class MetricProbe implements Callable<Map<String, String>>, MeasuringListener {

    private static final int SIDE = 32;

    @Override
    public Map<String, String> call() throws Exception {
        MeasuredSet set = MeasuredSet.of(List.of(image(SIDE), image(2), image(2)));
        return PluginFactory.<SetMetric>useAll(SetMetric.FACTORY, metric -> metric.measure(set, this).stream()
                .map(measurement -> measurement.name() + " "
                        + measurement.parts().stream()
                                .map(part -> String.format(Locale.ROOT, "%.2f", part.value()))
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", ")));
    }

    /** Alternating white and black columns of the given width. */
    private static MeasuredImage image(int width) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < SIDE; x++) {
            for (int y = 0; y < SIDE; y++) {
                image.setRGB(x, y, (x / width) % 2 == 0 ? 0xffffff : 0);
            }
        }
        return MeasuredImage.of(image, "columns of " + width);
    }
}
