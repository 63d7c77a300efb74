package org.atelier.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ReferenceFile;

/** Measures generated sets, as wholes and, where several references are compared, against each reference. */
final class GeneratedSetMetrics {

    private final EvaluationMetrics metrics;
    private final List<ReferenceFile> references;
    private final EvaluationListener listener;

    /** @param references the references of the common request */
    GeneratedSetMetrics(EvaluationMetrics metrics, List<ReferenceFile> references, EvaluationListener listener) {
        this.metrics = metrics;
        this.references = references;
        this.listener = listener;
    }

    /** The measurements by name of the metric; {@code reference-2} is that to the second reference alone. */
    Map<String, List<Measurement>> measure(GeneratedSet set) {
        List<MeasuredImage> images = set.images().stream()
                .filter(image -> !image.isReconstruction())
                .map(image -> source(set, image).measured())
                .toList();
        List<MeasuredImage> weighted = set.request().references().images().stream()
                .map(reference -> source(reference, reference.weight()).measured())
                .toList();
        Map<String, List<Measurement>> all = new LinkedHashMap<>();
        measure(images, weighted).forEach((metric, found) -> all.put(metric, new ArrayList<>(found)));
        for (int number = 1; number <= references.size(); number++) {
            int reference = number;
            measure(images, List.of(source(references.get(number - 1), 1).measured()))
                    .forEach((metric, found) -> found.stream()
                            .filter(measurement -> measurement.name().equals("reference"))
                            .forEach(measurement -> all.get(metric).add(alone(measurement, reference))));
        }
        return all;
    }

    private Map<String, List<Measurement>> measure(List<MeasuredImage> images, List<MeasuredImage> compared) {
        return metrics.measure(new MeasuredSet(images, compared), listener::cancelled, listener::noted);
    }

    private static Measurement alone(Measurement measured, int number) {
        return new Measurement(
                "reference-" + number,
                measured.title() + ", reference " + number + " alone",
                measured.direction(),
                measured.value(),
                measured.deviation(),
                measured.count(),
                measured.parts());
    }

    private static ImageSource source(GeneratedSet set, GeneratedImage image) {
        return ImageSource.of(
                image.file(),
                image.prompt(),
                set.request().itemOf(image.index()).prompt());
    }

    private static ImageSource source(ReferenceFile reference, double weight) {
        return new ImageSource(Path.of(reference.file()), reference.effectivePrompt(), null, weight);
    }
}
