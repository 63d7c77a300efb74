package org.atelier.control.depth;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.onnx.Graph;
import org.atelier.onnx.ImageProcessor;
import org.atelier.onnx.OnnxModel;
import org.atelier.onnx.Outputs;
import org.atelier.onnx.Tensor;

/** A DPT, which tells from one image how near everything is. Ranftl et al. 2021. */
final class DepthEstimator implements AutoCloseable {

    private static final String PIXELS = "pixel_values";
    private static final String DEPTH = "predicted_depth";
    private static final int FOUR_SIDES = 4;

    private final OnnxModel model;
    private final ImageProcessor processor;
    private final Graph graph;
    private final long[] taken;

    private DepthEstimator(OnnxModel model) {
        this.model = model;
        this.processor = ImageProcessor.of(model.settings("preprocessor_config.json"));
        this.graph = model.graph("model");
        graph.require(List.of(PIXELS), List.of(DEPTH));
        this.taken = graph.shape(PIXELS);
        if (taken.length != FOUR_SIDES) {
            throw fault(PIXELS, FOUR_SIDES, taken.length);
        }
    }

    /**
     * Loads a model.
     *
     * @param model given back when the estimator is closed, or cannot be opened
     * @throws AtelierException MODEL_INVALID in one line for a file that is missing, damaged, or no such network
     */
    static DepthEstimator open(OnnxModel model) {
        try {
            return new DepthEstimator(model);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Tells how near everything in an image is, in the network's own size and units, more for what is nearer.
     *
     * @param image opaque red-green-blue of any size
     * @throws AtelierException MODEL_INVALID if the network does not give one map of finite numbers
     */
    DepthMap estimate(BufferedImage image) {
        try (Tensor pixels = pixels(image);
                Outputs outputs = graph.run(Map.of(PIXELS, pixels), List.of(DEPTH))) {
            Tensor depth = outputs.get(DEPTH);
            long[] shape = depth.shape();
            float[] values = depth.floats();
            int sides = shape.length;
            if (sides < 2 || values.length == 0 || shape[sides - 2] * shape[sides - 1] != values.length) {
                throw fault(DEPTH, 2, sides);
            }
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new AtelierException(
                            Code.MODEL_INVALID, graph.file() + ": gives a depth that is no finite number.");
                }
            }
            return new DepthMap(values, (int) shape[sides - 1], (int) shape[sides - 2]);
        }
    }

    /** A hybrid's graph is traced for one size, whatever the processor's settings say; others take what the settings say. */
    private Tensor pixels(BufferedImage image) {
        int height = (int) taken[2];
        int width = (int) taken[3];
        return width > 0 && height > 0
                ? processor.normalised(processor.filter().resize(image, width, height))
                : processor.process(image);
    }

    private AtelierException fault(String tensor, int wanted, int found) {
        return new AtelierException(
                Code.MODEL_INVALID,
                graph.file() + ": " + tensor + " should have " + wanted + " sides for one image, not " + found + ".");
    }

    @Override
    public void close() {
        model.close();
    }
}
