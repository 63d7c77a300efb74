package org.atelier.metric.inception;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Plugins;
import org.atelier.api.metric.MeasuredImage;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.Measurement.Direction;
import org.atelier.api.metric.Measurement.Part;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;
import org.atelier.onnx.OnnxModels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The Inception Score (Salimans et al. 2016): exp of the mean Kullback-Leibler divergence of the classes of an image from
 * those of all images, mean over the splits. Its deviation is that of the splits; for one split it is the jackknife's
 * standard error.
 */
@Designate(ocd = Options.class)
// A change of the configuration must not close an instance in use; the current values are passed to every evaluation.
@Component(
        factory = SetMetric.FACTORY,
        factoryProperty = {Plugins.NAME + "=inception", Plugins.MODEL + "=model"},
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class InceptionScore implements SetMetric {

    private static final int IMAGES_OF_A_SPLIT = 10;
    private static final int MAX_SPLITS = 10;

    /** The score is bounded by the number of images, and published scores are of 50,000. */
    private static final int MEANINGFUL = 1000;

    private final OnnxModels models;
    private final Options options;

    /** @param models leases the model for each check and each set */
    @Activate
    public InceptionScore(@Reference OnnxModels models, Options options) {
        this.models = models;
        this.options = options;
    }

    @Override
    public void check() {
        open().close();
    }

    private InceptionClassifier open() {
        if (options.model().isBlank()) {
            throw new AtelierException(
                    Code.MODEL_NOT_FOUND,
                    "The Inception Score needs an export of Inception-v3, of which none is published: give its folder with --metric-option inception.model=DIR.");
        }
        return InceptionClassifier.open(models.lease(options.model()));
    }

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        int images = set.images().size();
        if (images < 2) {
            listener.noted("The metric 'inception' needs two images.");
            return List.of();
        }
        if (images < MEANINGFUL) {
            listener.noted(
                    "An Inception Score of %d images means little: it is at most %d, and scores are published for 50000."
                            .formatted(images, images));
        }
        try (InceptionClassifier classifier = open()) {
            List<double[]> rows = new ArrayList<>();
            for (MeasuredImage image : set.images()) {
                listener.throwIfCancelled();
                rows.add(classifier.classify(image.image()));
            }
            return List.of(score(new Predictions(rows), splits(images, listener), classifier.title()));
        }
    }

    private int splits(int images, MeasuringListener listener) {
        if (options.splits() == 0) {
            return Math.max(1, Math.min(MAX_SPLITS, images / IMAGES_OF_A_SPLIT));
        }
        int most = images / 2;
        if (options.splits() > most) {
            listener.noted("The Inception Score of %d images has %d splits instead of %d, since a split needs two."
                    .formatted(images, most, options.splits()));
        }
        return Math.min(options.splits(), most);
    }

    private static Measurement score(Predictions predictions, int splits, String model) {
        int images = predictions.rows().size();
        List<Part> parts = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            int from = split * images / splits;
            int to = (split + 1) * images / splits;
            parts.add(new Part(
                    IntStream.range(from, to).boxed().toList(),
                    predictions.part(from, to).score()));
        }
        String title = "Inception Score, by " + model;
        Measurement mean = Measurement.mean("score", title, Direction.HIGHER_IS_CLOSER, parts)
                .orElseThrow();
        return splits > 1
                ? mean
                : new Measurement("score", title, Direction.HIGHER_IS_CLOSER, mean.value(), predictions.error(), parts);
    }
}
