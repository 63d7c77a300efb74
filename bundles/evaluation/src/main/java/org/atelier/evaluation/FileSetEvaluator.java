package org.atelier.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.MeasuringRequest;
import org.atelier.api.evaluation.SetEvaluator;
import org.atelier.api.evaluation.SetMeasurements;
import org.atelier.api.evaluation.SetMeasurements.MetricMeasurement;
import org.atelier.api.metadata.ImageInspector;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.MetricProvider;
import org.atelier.api.set.RequestFormat;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Measures image files with the installed metrics. */
@Component
public final class FileSetEvaluator implements SetEvaluator {

    private final RequestFormat format;
    private final ImageInspector inspector;
    private final MetricProvider metrics;

    @Activate
    public FileSetEvaluator(
            @Reference RequestFormat format, @Reference ImageInspector inspector, @Reference MetricProvider metrics) {
        this.format = format;
        this.inspector = inspector;
        this.metrics = metrics;
    }

    @Override
    public SetMeasurements measure(MeasuringRequest request, MeasuringListener listener) {
        Faults faults = new Faults();
        ImageSources sources = new ImageSources(format, inspector, listener::noted, faults);
        sources.find(request);
        check(sources.images(), faults, listener);
        check(sources.references(), faults, listener);
        try (EvaluationMetrics started = EvaluationMetrics.start(metrics, request.metrics(), faults)) {
            faults.throwIfAny();
            started.forwardNotes(listener::noted);
            List<MetricMeasurement> measurements = new ArrayList<>();
            MeasuredSet set = new MeasuredSet(measured(sources.images()), measured(sources.references()));
            started.measure(set, listener::cancelled, listener::noted)
                    .forEach((metric, found) ->
                            found.forEach(measurement -> measurements.add(new MetricMeasurement(metric, measurement))));
            return new SetMeasurements(
                    sources.images().stream().map(ImageSource::file).toList(), started.used(), measurements);
        }
    }

    /** Decodes each image and keeps none: a damaged one must not be found after hours of measuring. */
    private static void check(List<ImageSource> sources, Faults faults, MeasuringListener listener) {
        for (ImageSource source : sources) {
            listener.throwIfCancelled();
            try {
                source.decode();
            } catch (AtelierException e) {
                faults.add(e);
            }
        }
    }

    private static List<MeasuredImage> measured(List<ImageSource> sources) {
        return sources.stream().map(ImageSource::measured).toList();
    }
}
