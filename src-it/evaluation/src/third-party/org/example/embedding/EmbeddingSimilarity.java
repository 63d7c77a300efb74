package org.example.embedding;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.atelier.api.Plugins;
import org.atelier.api.metric.MeasuredSet;
import org.atelier.api.metric.Measurement;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.api.metric.SetMetric;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.OnnxModels;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.ImageProcessor;
import org.atelier.onnx.Tensor;
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
            model.graph("model").require(List.of("pixel_values"), List.of("embedding"));
        }
    }

    @Override
    public List<Measurement> measure(MeasuredSet set, MeasuringListener listener) {
        try (OnnxModel model = models.lease(options.model())) {
            List<float[]> all = set.all().stream().map(each -> embed(each.image(), model, listener)).toList();
            String title = "Embedding, all pairs (cosine)";
            return Measurement.ofPairs(title, Measurement.Direction.HIGHER_IS_CLOSER, set,
                    (one, other) -> cosine(all.get(one), all.get(other))).stream().toList();
        }
    }

    private float[] embed(BufferedImage image, OnnxModel model, MeasuringListener listener) {
        listener.throwIfCancelled();
        ImageProcessor processor = ImageProcessor.of(model.settings("preprocessor_config.json"));
        try (Tensor pixels = processor.process(Resampling.BICUBIC.resize(image, options.side(), options.side()));
                Outputs outputs = model.graph("model").run(Map.of("pixel_values", pixels), List.of("embedding"))) {
            return outputs.get("embedding").floats();
        }
    }

    private static double cosine(float[] one, float[] other) {
        double[] sums = new double[3];
        for (int i = 0; i < one.length; i++) {
            sums[0] += one[i] * other[i];
            sums[1] += one[i] * one[i];
            sums[2] += other[i] * other[i];
        }
        return sums[0] / Math.sqrt(sums[1] * sums[2]);
    }
}
