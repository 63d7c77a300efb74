package org.atelier.it.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;

/**
 * Measures the fixtures' six captioned images with the only metric: with its default model, which is not there, then with
 * one that is. Returns the error of its check, then a line for each measurement and each note.
 */
public final class NetworkMetricProbe implements Callable<List<String>>, MeasuringListener {

    /** The system property with the folder of the model. */
    public static final String MODEL = "network-metric.model";

    private static final int IMAGES = 6;

    private final List<String> lines = new ArrayList<>();

    @Override
    public List<String> call() throws Exception {
        PluginFactory<SetMetric> metric = PluginFactory.<SetMetric>all(SetMetric.FACTORY).values().stream()
                .findFirst()
                .orElseThrow();
        lines.add(metric.use(Map.of(), NetworkMetricProbe::checked));
        List<Measurement> found = metric.use(Map.of("model", System.getProperty(MODEL)), this::measured);
        found.forEach(measurement -> lines.add(String.format(
                Locale.ROOT,
                "%s %.4f of %d: %s",
                measurement.name(),
                measurement.value(),
                measurement.parts().size(),
                measurement.title())));
        return lines;
    }

    private static String checked(SetMetric metric) {
        try {
            metric.check();
            return "no fault";
        } catch (AtelierException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    private List<Measurement> measured(SetMetric metric) throws Exception {
        metric.check();
        Path folder = Path.of(System.getProperty("atelier.fixtures"), "captions");
        List<MeasuredImage> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            images.add(MeasuredImage.of(
                    ImageIO.read(folder.resolve("0" + i + ".png").toFile()), "a red fish"));
        }
        return metric.measure(MeasuredSet.of(images), this);
    }

    @Override
    public void noted(String sentence) {
        lines.add(sentence);
    }
}
