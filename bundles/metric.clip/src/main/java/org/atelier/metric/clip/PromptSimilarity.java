package org.atelier.metric.clip;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.Plugins;
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
 * Text alignment (Hertz et al. 2024, section 5): the cosine of the embeddings that CLIP gives an image and its text, mean
 * over the images.
 */
@Designate(ocd = Options.class)
// A change of the configuration must not close an instance in use; the current values are passed to every evaluation.
@Component(
        factory = SetMetric.FACTORY,
        factoryProperty = {
            Plugins.NAME + "=clip",
            Plugins.MODEL + "=model",
            Plugins.MODEL_DEFAULTS + "=clip-vit-b32",
            Plugins.MODEL_DEFAULTS + "=sketchbook-clip"
        },
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class PromptSimilarity implements SetMetric {

    private final OnnxModels models;
    private final Options options;

    /** @param models leases the model for each check and each set */
    @Activate
    public PromptSimilarity(@Reference OnnxModels models, Options options) {
        this.models = models;
        this.options = options;
    }

    @Override
    public void check() {
        ComparedText.named(options.text());
        Clip.open(models.lease(options.model())).close();
    }

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        ComparedText compared = ComparedText.named(options.text());
        List<String> texts = set.images().stream().map(compared::of).toList();
        long blank = texts.stream().filter(String::isBlank).count();
        if (blank == texts.size()) {
            listener.noted("The metric 'clip' compares images with their prompts, and these images have none.");
            return List.of();
        }
        if (blank > 0) {
            listener.noted("The metric 'clip' leaves out %d of %d images, which have no prompt."
                    .formatted(blank, texts.size()));
        }
        List<Part> parts = new ArrayList<>();
        try (Clip clip = Clip.open(models.lease(options.model()))) {
            for (int i = 0; i < texts.size(); i++) {
                listener.throwIfCancelled();
                if (!texts.get(i).isBlank()) {
                    double value = clip.similarity(set.images().get(i).image(), texts.get(i));
                    parts.add(new Part(List.of(i), value));
                }
            }
            String title = "Prompt, by %s (cosine)".formatted(clip.title());
            return Measurement.mean("prompt", title, Direction.HIGHER_IS_CLOSER, parts).stream()
                    .toList();
        }
    }
}
