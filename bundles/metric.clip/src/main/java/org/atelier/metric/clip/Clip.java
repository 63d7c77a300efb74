package org.atelier.metric.clip;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.onnx.Embedding;
import org.atelier.onnx.ImageEncoder;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.TextEncoder;

/**
 * A network that embeds images and texts in one space (Radford et al. 2021), as two graphs, {@code vision_model} and
 * {@code text_model}, or as one, {@code model}.
 */
final class Clip implements AutoCloseable {

    private static final String VISION = "vision_model";
    private static final String TEXT = "text_model";
    private static final String BOTH = "model";

    private final OnnxModel model;
    private final ImageEncoder images;
    private final TextEncoder texts;
    private final Map<String, Embedding> embedded = new HashMap<>();

    private Clip(OnnxModel model, ImageEncoder images, TextEncoder texts) {
        this.model = model;
        this.images = images;
        this.texts = texts;
    }

    /**
     * Loads the graphs.
     *
     * @param model closed with this, and if a file of it is missing or does not fit
     * @throws AtelierException MODEL_INVALID naming the file
     */
    static Clip open(OnnxModel model) {
        try {
            boolean apart = model.has(VISION) || !model.has(BOTH);
            ImageEncoder images = ImageEncoder.of(model, apart ? VISION : BOTH, "image_embeds");
            return new Clip(model, images, TextEncoder.of(model, apart ? TEXT : BOTH));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** What the model is called. */
    String title() {
        return model.title();
    }

    /** The cosine of the embeddings of an image and a text. */
    double similarity(BufferedImage image, String text) {
        Embedding ofText = embedded.computeIfAbsent(text, texts::embed);
        Embedding ofImage = images.embed(image);
        if (ofText.size() != ofImage.size()) {
            throw new AtelierException(
                    Code.MODEL_INVALID,
                    "%s: images have embeddings of size %d but texts of %d: the files belong to different models; download the model again."
                            .formatted(model.folder(), ofImage.size(), ofText.size()));
        }
        return ofText.cosine(ofImage);
    }

    @Override
    public void close() {
        texts.close();
        model.close();
    }
}
