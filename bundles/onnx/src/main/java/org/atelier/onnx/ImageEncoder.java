package org.atelier.onnx;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.models.json.Settings;

/**
 * A graph that turns an image into a vector. Its inputs and outputs are read from the graph, since exports differ. Usable
 * until the lease of its model is closed.
 */
public final class ImageEncoder {

    private static final String PIXELS = "pixel_values";
    private static final int IMAGE_SIDES = 4;
    private static final int TOKEN_SIDES = 3;
    private static final int VECTOR_SIDES = 2;

    private final Graph graph;
    private final ImageProcessor processor;
    private final String input;
    private final String output;

    private ImageEncoder(Graph graph, ImageProcessor processor, String input, String output) {
        this.graph = graph;
        this.processor = processor;
        this.input = input;
        this.output = output;
    }

    /**
     * An encoder with the image processor of {@code preprocessor_config.json}.
     *
     * @param graph its name, as for {@link OnnxModel#graph}
     * @param outputs names of the output, the preferred first; if the graph has none of them, its only output is used
     * @throws AtelierException MODEL_INVALID naming the file if a file is missing, or the graph lacks an image input or the output
     */
    public static ImageEncoder of(OnnxModel model, String graph, String... outputs) {
        return of(model, graph, model.settings("preprocessor_config.json"), outputs);
    }

    /** As {@link #of(OnnxModel, String, String...)}, with other settings of the image processor. */
    public static ImageEncoder of(OnnxModel model, String graph, Settings processor, String... outputs) {
        Graph network = model.graph(graph);
        return new ImageEncoder(network, ImageProcessor.of(processor), input(network), output(network, outputs));
    }

    private static String input(Graph graph) {
        if (graph.inputs().contains(PIXELS)) {
            return PIXELS;
        }
        List<String> images = graph.inputs().stream()
                .filter(name -> graph.shape(name).length == IMAGE_SIDES)
                .toList();
        if (images.size() != 1) {
            throw Fault.in(graph.file(), "takes no " + PIXELS + ", but " + graph.inputs() + ".");
        }
        return images.get(0);
    }

    private static String output(Graph graph, String... preferred) {
        Optional<String> named =
                Arrays.stream(preferred).filter(graph.outputs()::contains).findFirst();
        if (named.isEmpty() && graph.outputs().size() != 1) {
            throw Fault.in(
                    graph.file(), "gives no " + String.join(" or ", preferred) + ", but " + graph.outputs() + ".");
        }
        return named.orElseGet(() -> graph.outputs().iterator().next());
    }

    /** The output for an image, normalised. */
    public Embedding embed(BufferedImage image) {
        return Embedding.of(encode(image));
    }

    /**
     * The output for an image.
     *
     * @param image opaque red-green-blue, of any size
     * @return the vector of an output (1, number); of an output (1, token, number) the vector of the first token, the class token
     */
    public float[] encode(BufferedImage image) {
        Map<String, Tensor> given = new HashMap<>();
        try {
            given.put(input, processor.process(image));
            TextInputs.addEmptyText(graph, given);
            try (Outputs outputs = graph.run(given, List.of(output))) {
                return vector(outputs.get(output));
            }
        } finally {
            given.values().forEach(Tensor::close);
        }
    }

    private float[] vector(Tensor tensor) {
        long[] shape = tensor.shape();
        if (shape.length < VECTOR_SIDES || shape.length > TOKEN_SIDES || shape[0] != 1) {
            throw Fault.in(
                    graph.file(), "gives " + output + " of shape " + Arrays.toString(shape) + ", which is no vector.");
        }
        float[] all = tensor.floats();
        return Arrays.copyOf(all, (int) shape[shape.length - 1]);
    }
}
