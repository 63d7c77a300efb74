package org.example.embedding;

import java.util.List;
import org.atelier.api.Plugins;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;
import org.atelier.onnx.Embedding;
import org.atelier.onnx.ImageEncoder;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.OnnxModels;
import org.atelier.pictures.Resampling;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Set consistency (Hertz et al. 2024, section 5): the cosine between a network's embeddings of two images. */
@Designate(ocd = EmbeddingSimilarity.Options.class)
@Component(factory = SetMetric.FACTORY, factoryProperty = {Plugins.NAME + "=embedding", Plugins.MODEL + "=model"})
public final class EmbeddingSimilarity implements SetMetric {

    @ObjectClassDefinition(name = "Embedding", description = "How similar a network finds the images of a set.")
    public @interface Options {
        @AttributeDefinition(name = "Model", description = "A network as ONNX graph, by name or folder.")
        String model() default "tiny-embedder";
        @AttributeDefinition(name = "Side", description = "In pixels, of what it sees.", min = "8", max = "1024")
        int side() default 16;
    }

    @Reference
    private OnnxModels models;
    @Activate
    private Options options;

    @Override
    public void check() {
        try (OnnxModel model = models.lease(options.model())) {
            ImageEncoder.of(model, "model", "embedding");
        }
    }

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        try (OnnxModel model = models.lease(options.model())) {
            ImageEncoder encoder = ImageEncoder.of(model, "model", "embedding");
            List<Embedding> all = set.all().stream().map(each -> {
                listener.throwIfCancelled();
                return encoder.embed(Resampling.BICUBIC.resize(each.image(), options.side(), options.side()));
            }).toList();
            return Measurement.ofPairs("Embedding, all pairs (cosine)", Measurement.Direction.HIGHER_IS_CLOSER, set,
                    (one, other) -> all.get(one).cosine(all.get(other))).stream().toList();
        }
    }
}
