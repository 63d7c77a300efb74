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

/** A DPT model, which estimates inverse depth from one image. Ranftl et al. 2021. */
final class DepthEstimator implements AutoCloseable {

    private static final String PIXELS = "pixel_values";
    private static final String DEPTH = "predicted_depth";
    private static final int RANK = 4;

    private final OnnxModel model;
    private final ImageProcessor processor;
    private final Graph graph;
    private final long[] inputShape;

    private DepthEstimator(OnnxModel model) {
        this.model = model;
        this.processor = ImageProcessor.of(model.settings("preprocessor_config.json"));
        this.graph = model.graph("model");
        graph.require(List.of(PIXELS), List.of(DEPTH));
        this.inputShape = graph.shape(PIXELS);
        if (inputShape.length != RANK) {
            throw fault(PIXELS, RANK, inputShape.length);
        }
    }

    /**
     * Loads a model.
     *
     * @param model released when the estimator is closed or cannot be opened
     * @throws AtelierException MODEL_INVALID if a file is missing, damaged or not a DPT model
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
     * Estimates the inverse depth of an image, in the network's size and units; nearer is higher.
     *
     * @param image opaque red-green-blue of any size
     * @throws AtelierException MODEL_INVALID if the output is not one map of finite numbers
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
                            Code.MODEL_INVALID,
                            graph.file() + " returned a depth that is not a finite number;"
                                    + " download the model again.");
                }
            }
            return new DepthMap(values, (int) shape[sides - 1], (int) shape[sides - 2]);
        }
    }

    /** Resizes to the graph's input size if it is fixed, as in a DPT-Hybrid, else to the size in the processor's settings. */
    private Tensor pixels(BufferedImage image) {
        int height = (int) inputShape[2];
        int width = (int) inputShape[3];
        return width > 0 && height > 0
                ? processor.normalised(processor.filter().resize(image, width, height))
                : processor.process(image);
    }

    private AtelierException fault(String tensor, int wanted, int found) {
        return new AtelierException(
                Code.MODEL_INVALID,
                graph.file() + ": " + tensor + " must have " + wanted + " dimensions, not " + found
                        + "; download the model again.");
    }

    @Override
    public void close() {
        model.close();
    }
}
