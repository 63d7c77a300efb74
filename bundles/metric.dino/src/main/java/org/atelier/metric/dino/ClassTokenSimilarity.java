package org.atelier.metric.dino;

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
import org.atelier.onnx.Embedding;
import org.atelier.onnx.ImageEncoder;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.OnnxModels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Set consistency (Hertz et al. 2024, section 5): the cosine of DINO's class tokens (Caron et al. 2021), mean over the
 * pairs of a set. To references it is the weighted multi-style score of Z-SASLM: Σ wᵣ times the mean over the images of the
 * cosine to reference r, where the weights are scaled to the sum 1.
 */
@Designate(ocd = Options.class)
// A change of the configuration must not close an instance in use; the current values are passed to every evaluation.
@Component(
        factory = SetMetric.FACTORY,
        factoryProperty = {
            Plugins.NAME + "=dino",
            Plugins.MODEL + "=model",
            Plugins.MODEL_DEFAULTS + "=dino-vitb8",
            Plugins.MODEL_DEFAULTS + "=sketchbook-dino"
        },
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class ClassTokenSimilarity implements SetMetric {

    private final OnnxModels models;
    private final Options options;

    /** @param models leases the model for each check and each set */
    @Activate
    public ClassTokenSimilarity(@Reference OnnxModels models, Options options) {
        this.models = models;
        this.options = options;
    }

    @Override
    public void check() {
        try (OnnxModel model = models.lease(options.model())) {
            encoder(model);
        }
    }

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        try (OnnxModel model = models.lease(options.model())) {
            ImageEncoder encoder = encoder(model);
            List<Embedding> tokens = set.all().stream()
                    .map(image -> {
                        listener.throwIfCancelled();
                        return encoder.embed(image.image());
                    })
                    .toList();
            Comparison cosine = (one, other) -> tokens.get(one).cosine(tokens.get(other));
            String by = ", by %s (cosine)".formatted(model.title());
            return Stream.of(
                            Measurement.ofPairs("All pairs" + by, Direction.HIGHER_IS_CLOSER, set, cosine),
                            Measurement.ofReferences("To the reference" + by, Direction.HIGHER_IS_CLOSER, set, cosine))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    private static ImageEncoder encoder(OnnxModel model) {
        return ImageEncoder.of(model, "model", "last_hidden_state");
    }
}
