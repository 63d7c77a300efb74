package org.atelier.metric.inception;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.models.json.Settings;
import org.atelier.onnx.Graph;
import org.atelier.onnx.ImageEncoder;
import org.atelier.onnx.OnnxModel;

/** A classifier of images. Without a {@code preprocessor_config.json} images are prepared as for Inception-v3. */
final class InceptionClassifier implements AutoCloseable {

    private static final String PROCESSOR = "preprocessor_config.json";
    private static final int SIDE = 299;
    private static final int BILINEAR = 2;
    private static final int CHANNELS = 3;
    private static final int IMAGE_SIDES = 4;

    private final OnnxModel model;
    private final ImageEncoder encoder;

    private InceptionClassifier(OnnxModel model, ImageEncoder encoder) {
        this.model = model;
        this.encoder = encoder;
    }

    /**
     * Loads the graph: {@code model.onnx}, or the only one.
     *
     * @param model closed with this, and if a file of it is missing or does not fit
     * @throws AtelierException MODEL_INVALID naming the file
     */
    static InceptionClassifier open(OnnxModel model) {
        try {
            String graph = model.has("model") ? "model" : model.soleGraph().orElse("model");
            Path processor = model.folder().resolve(PROCESSOR);
            Settings settings = Files.exists(processor)
                    ? Settings.read(processor)
                    : new Settings(processor, published(model, graph));
            return new InceptionClassifier(
                    model, ImageEncoder.of(model, graph, settings, "logits", "probabilities", "output"));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Levels from -1 to 1, as Inception-v3 was trained, in the size that the graph takes. */
    private static JsonObject published(OnnxModel model, String graph) {
        JsonArray halves = new JsonArray();
        for (int i = 0; i < CHANNELS; i++) {
            halves.add(1 / 2.);
        }
        JsonObject settings = new JsonObject();
        settings.addProperty("size", side(model.graph(graph)));
        settings.addProperty("resample", BILINEAR);
        settings.add("image_mean", halves);
        settings.add("image_std", halves);
        return settings;
    }

    private static int side(Graph graph) {
        return graph.inputs().stream()
                .map(graph::shape)
                .filter(shape -> shape.length == IMAGE_SIDES && shape[2] > 0)
                .map(shape -> (int) shape[2])
                .findFirst()
                .orElse(SIDE);
    }

    /** What the model is called. */
    String title() {
        return model.title();
    }

    /** The probabilities of the classes. */
    double[] classify(BufferedImage image) {
        return Predictions.probabilities(encoder.encode(image));
    }

    @Override
    public void close() {
        model.close();
    }
}
